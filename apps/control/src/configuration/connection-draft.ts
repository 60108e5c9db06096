import { referredVariable } from '@kontaktor/config';
import type { AdapterAnnounced, FieldChange } from '@kontaktor/contracts';
import { isDeepStrictEqual } from 'node:util';
import { suggestion } from '../document/closest';
import type { ConnectionDocument } from '../document/document';
import { placeOf } from '../document/place';
import type { Problem } from '../http/refusal';
import { ConnectionSecrets, type Secrets } from './connection-secrets';
import { fieldChanges, withoutSecrets } from './differences';
import { checkSettingsShape } from './settings-shape';
import type { SavedConnection, Snapshot } from './snapshot';

/** A connection that is to be saved; what it does not say of its secrets is kept from before. */
export interface ConnectionDraft {
  readonly connectionId: string;
  readonly adapter: AdapterAnnounced;
  readonly saved: SavedConnection | undefined;
  readonly name: string;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Secrets;
  /** Field paths; empty: nothing changes. */
  readonly changes: readonly string[];
  /** The same without secrets. */
  readonly details: readonly FieldChange[];
}

export interface DraftedConnection {
  /** With what could be read; it is saved only where there are no problems. */
  readonly draft?: ConnectionDraft;
  /** Places inside the connection. */
  readonly problems: readonly Problem[];
  /** Places of which others would tell what comes of these problems. */
  readonly covered: readonly string[];
  /** False where a kept secret may not go to the address: then nothing is sent there. */
  readonly mayBeAsked: boolean;
}

/** What a draft is made of: a whole document, or what could be read of one; a setting that could not be read is there without a value. */
export type DraftedFrom = Pick<ConnectionDocument, 'provider' | 'settings'> & Partial<ConnectionDocument>;

/** Joins what was sent with what is kept. */
export function draftConnection(
  snapshot: Snapshot,
  secretsOf: ConnectionSecrets,
  connectionId: string,
  document: DraftedFrom,
): DraftedConnection {
  const adapter = snapshot.adapters.get(document.provider);
  if (adapter === undefined)
    return refused(
      'provider',
      `no service of "${document.provider}" runs here${suggestion(document.provider, [...snapshot.adapters.keys()])}`,
    );
  const saved = snapshot.connections.get(connectionId);
  if (saved !== undefined && saved.provider !== document.provider)
    return refused('provider', `is ${saved.provider} and stays so; make another connection for ${document.provider}`);
  const known = saved === undefined ? {} : secretsOf.open(snapshot.workspaceId, saved);
  const parts = split(document.settings, adapter.secrets, known);
  const shape = checkSettingsShape({ ...parts.settings, ...known, ...parts.secrets }, adapter);
  const kept = keptSecrets(known, parts, saved, shape.meant);
  const secrets = { ...kept.secrets, ...textsOf(parts.secrets) };
  const problems = [...kept.problems, ...shape.problems, ...unfilled(parts)];
  const covered = [...shape.meant, ...kept.withheld].map((name) => placeOf(['settings', name]));
  const { enabled = true } = document;
  const name = document.name ?? connectionId;
  const after = { name, enabled, settings: { ...parts.settings, ...secrets } };
  const before = saved && { name: saved.name, enabled: saved.enabled, settings: { ...saved.settings, ...known } };
  const draft = { connectionId, adapter, saved, name, enabled, settings: parts.settings, secrets };
  const changes = fieldChanges(before ?? { settings: {} }, after);
  const details = withoutSecrets(
    changes,
    adapter.secrets.map((secret) => placeOf(['settings', secret])),
  );
  const mayBeAsked = kept.withheld.length === 0;
  return {
    problems,
    covered,
    mayBeAsked,
    draft: { ...draft, details, changes: before === undefined ? ['*'] : changes.map(({ field }) => field) },
  };
}

const refused = (place: string, problem: string): DraftedConnection => ({
  ...{ problems: [{ place, problem }], covered: [], mayBeAsked: false },
});

interface Parts {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, unknown>>;
}

/** A reference that nobody filled, as in an export, stands for the secret that is kept. */
function split(settings: Readonly<Record<string, unknown>>, secretNames: readonly string[], known: Secrets): Parts {
  const isKept = (name: string, value: unknown): boolean =>
    known[name] !== undefined && typeof value === 'string' && referredVariable(value) !== undefined;
  const entries = Object.entries(settings).filter(([name, value]) => !isKept(name, value));
  return {
    settings: Object.fromEntries(entries.filter(([name]) => !secretNames.includes(name))),
    secrets: Object.fromEntries(entries.filter(([name]) => secretNames.includes(name))),
  };
}

interface KeptSecrets {
  readonly secrets: Secrets;
  /** Names of those that are kept and not used. */
  readonly withheld: readonly string[];
  readonly problems: readonly Problem[];
}

/** A kept secret goes only to the address it was entered for: whoever may edit could else have it sent to a server of their own. */
function keptSecrets(
  known: Secrets,
  { settings, secrets }: Parts,
  saved: SavedConnection | undefined,
  misspelt: readonly string[],
): KeptSecrets {
  const names = Object.keys(known).filter((name) => !Object.hasOwn(secrets, name));
  const baseUrl = settings['baseUrl'];
  if (names.length === 0 || isDeepStrictEqual(baseUrl, saved?.settings['baseUrl']))
    return { secrets: Object.fromEntries(names.map((name) => [name, known[name] ?? ''])), withheld: [], problems: [] };
  if (misspelt.includes('baseUrl')) return { secrets: {}, withheld: names, problems: [] };
  if (Object.hasOwn(settings, 'baseUrl') && !isUrl(baseUrl))
    return { secrets: {}, withheld: names, problems: [{ place: 'settings.baseUrl', problem: 'must be a URL that begins with https://' }] };
  const problem = 'enter it again: it was kept for another baseUrl, and goes nowhere else';
  return { secrets: {}, withheld: names, problems: names.map((name) => ({ place: `settings.${name}`, problem })) };
}

const isUrl = (value: unknown): boolean => typeof value === 'string' && /^https?:/.test(value) && URL.canParse(value);

function unfilled({ secrets }: Parts): readonly Problem[] {
  return Object.entries(secrets).flatMap(([name, value]) => {
    const variable = typeof value === 'string' ? referredVariable(value) : undefined;
    return variable === undefined
      ? []
      : [{ place: placeOf(['settings', name]), problem: `nobody filled in ${variable}; \`kontaktor\` does, from the environment` }];
  });
}

/** A reference that nobody filled is no secret. */
const textsOf = (secrets: Readonly<Record<string, unknown>>): Secrets =>
  Object.fromEntries(
    Object.entries(secrets).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && referredVariable(entry[1]) === undefined,
    ),
  );
