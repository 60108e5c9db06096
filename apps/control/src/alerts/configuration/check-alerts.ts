import { refusePrivateAddress } from '@kontaktor/adapter-kit';
import { differences } from '../../configuration/differences';
import { suggestion } from '../../document/closest';
import type { RuleDocument } from '../../document/alert-document';
import type { ParsedAlerts } from '../../document/parse-document';
import { placeOf } from '../../document/place';
import type { Problem } from '../../http/refusal';
import { draftChannel, type ChannelDraft, type Drafting } from './draft-channel';
import type { SavedAlerts } from './saved-alerts';

export interface RuleDraft {
  readonly ruleId: string;
  readonly saved: RuleDocument | undefined;
  readonly document: RuleDocument;
  readonly changes: readonly string[];
}

export interface AlertDrafts {
  readonly channels: readonly ChannelDraft[];
  readonly rules: readonly RuleDraft[];
}

export interface AlertsContext extends Drafting {
  readonly saved: SavedAlerts;
  /** Ids of connections and links, of the document and beside it. */
  readonly objects: readonly string[];
  readonly allowPrivate: boolean;
}

export interface CheckedAlerts {
  readonly drafts: AlertDrafts;
  readonly problems: readonly Problem[];
}

/** Checks the alerts of a document: secrets that are missing, addresses that may not be called, names that are not known. */
export async function checkAlerts(context: AlertsContext, parsed: ParsedAlerts): Promise<CheckedAlerts> {
  const { channels, rules, faultyChannels, namesOfFaultyRules } = parsed;
  const drafted = [...channels].map(([id, document]) => ({ id, ...draftChannel(context, id, document, context.saved.channels.get(id)) }));
  const problems = drafted.flatMap(({ id, problems: own }) => inside(['alerts', 'channels', id], own));
  const drafts = drafted.flatMap(({ draft }) => (draft === undefined ? [] : [draft]));
  for (const draft of drafts) problems.push(...inside(['alerts', 'channels', draft.channelId], await addressProblems(context, draft)));
  const known = [...new Set([...context.saved.channels.keys(), ...channels.keys(), ...faultyChannels])];
  const ruleDrafts = [...rules].map(([ruleId, document]): RuleDraft => {
    const saved = context.saved.rules.get(ruleId);
    return { ruleId, saved, document, changes: saved === undefined ? ['*'] : differences(saved, document) };
  });
  for (const [ruleId, { channels: to, objects }] of [...rules, ...namesOfFaultyRules]) {
    const unknown = [
      ...unknownNames('channels', 'channel', to, known),
      ...unknownNames('objects', 'connection or link', objects, context.objects),
    ];
    problems.push(...inside(['alerts', 'rules', ruleId], unknown));
  }
  return { drafts: { channels: drafts, rules: ruleDrafts }, problems };
}

const inside = (path: readonly string[], problems: readonly Problem[]): Problem[] =>
  problems.map(({ place, problem }) => ({ place: `${placeOf(path)}.${place}`, problem }));

const unknownNames = (place: string, what: string, names: readonly string[] | undefined, known: readonly string[]): readonly Problem[] =>
  (names ?? []).flatMap((name, index) =>
    known.includes(name) ? [] : [{ place: `${place}[${index}]`, problem: `there is no ${what} "${name}"${suggestion(name, known)}` }],
  );

/** What is sent bears names of connections and causes of failures: it goes out encrypted, and into no private network unless that is meant. */
async function addressProblems({ allowPrivate }: AlertsContext, { document, secrets }: ChannelDraft): Promise<readonly Problem[]> {
  if (allowPrivate) return [];
  if (document.kind === 'email') return privateProblems('smtp.host', `smtp://${document.smtp.host}`);
  const url = document.kind === 'webhook' ? document.url : (secrets.url ?? '');
  if (!url.startsWith('https://')) return [{ place: 'url', problem: 'must begin with https://' }];
  return privateProblems('url', url);
}

async function privateProblems(place: string, url: string): Promise<readonly Problem[]> {
  if (!URL.canParse(url)) return [{ place, problem: 'must be the name of a server' }];
  try {
    await refusePrivateAddress(new URL(url));
    return [];
  } catch {
    return [{ place, problem: 'is in a private network; set KONTAKTOR_ALLOW_PRIVATE_URLS=true if that is meant' }];
  }
}
