import type { ChangeReport } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import { mayActAs, type Principal } from '../access/principal';
import { alertChanges } from '../alerts/configuration/alert-changes';
import { ChannelSealing } from '../alerts/configuration/channel-secrets';
import { checkAlerts, type AlertDrafts, type CheckedAlerts } from '../alerts/configuration/check-alerts';
import { changedAlerts } from '../alerts/configuration/save-alerts';
import { linkDataOf } from '../checks/link-data';
import { gatherProblems } from '../document/gather-problems';
import { parseDocument, type ParsedDocument } from '../document/parse-document';
import { notValid, Refusal, type Problem } from '../http/refusal';
import { AdapterClient } from '../providers/adapter-client';
import { Accounts } from './accounts';
import { changeOf, deletionOf } from './change-report';
import { checkAmongLinks } from './check-among-links';
import { checkConnections, type CheckedConnections } from './check-connections';
import { checkLinks } from './check-links';
import { Commit } from './commit';
import { ConnectionSecrets } from './connection-secrets';
import { fieldChanges } from './differences';
import type { CheckedLink, LinkDraft } from './link-draft';
import { losses, nothing, notNamed, placesOf, type NotNamed } from './not-named';
import { knownPlace, placeOfList, wantedList } from './list-places';
import { onLatest } from './on-latest';
import { loadSnapshot, type Snapshot } from './snapshot';

export interface ChangeOptions {
  /** False: only checked. */
  readonly save: boolean;
  /** False: the providers are not asked whether the settings are right. */
  readonly prove: boolean;
  /** What is there and not in the document is deleted; members that a link put at its destination stay there. */
  readonly prune?: boolean;
  /** Of the plan that is to be carried out: on another one nothing is done. */
  readonly revision?: number;
}

interface Checked {
  readonly snapshot: Snapshot;
  readonly connections: CheckedConnections;
  readonly links: readonly LinkDraft[];
  readonly toMake: readonly CheckedLink[];
  /** Absent: the document says nothing of alerts. */
  readonly alerts: AlertDrafts | undefined;
  readonly warnings: readonly Problem[];
  readonly deleted: NotNamed;
  readonly leftAlone: NotNamed;
}

/** The one way in which configuration changes: a document is checked wholly, then saved wholly or not at all. */
@Injectable()
export class ChangeConfiguration {
  private readonly secrets: ConnectionSecrets;
  private readonly channels: ChannelSealing;

  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly client: AdapterClient,
    private readonly commit: Commit,
  ) {
    this.secrets = new ConnectionSecrets(context.settings.masterKey);
    this.channels = new ChannelSealing(context.settings.masterKey);
  }

  /**
   * Who names no revision wants what the document says, whatever others change meanwhile: it is then checked again on what they made.
   * @throws Refusal with all problems at once; nothing is saved then.
   */
  change(who: Principal, input: unknown, options: ChangeOptions): Promise<ChangeReport> {
    const once = (): Promise<ChangeReport> => this.changeOnce(who, input, options);
    return options.revision === undefined ? onLatest(once) : once();
  }

  private async changeOnce(who: Principal, input: unknown, options: ChangeOptions): Promise<ChangeReport> {
    const checked = await this.check(who, parseDocument(input), options);
    const { snapshot, connections, warnings, deleted, leftAlone, alerts } = checked;
    const { save } = options;
    const links = save ? await this.makeLists(checked) : checked.links;
    if (save) await this.commit.save(who, snapshot, { connections: [...connections.drafts.values()], links, deleted, alerts });
    return {
      saved: save,
      revision: snapshot.revision,
      connections: [...[...connections.drafts].map(([id, draft]) => changeOf(id, draft)), ...deleted.connections.map(deletionOf)],
      links: [...links.map((draft) => changeOf(draft.linkId, draft)), ...deleted.links.map(deletionOf)],
      ...(alerts === undefined ? {} : { alerts: alertChanges(alerts, deleted, save) }),
      leftAlone: placesOf(leftAlone),
      warnings: [...warnings],
    };
  }

  private async check(who: Principal, parsed: ParsedDocument, { prove, prune, revision }: ChangeOptions): Promise<Checked> {
    const snapshot = await loadSnapshot(this.context.database, who.workspaceId);
    if (revision !== undefined && revision !== snapshot.revision) throw new Refusal('conflict', planIsOld);
    const absent = notNamed(snapshot, parsed);
    const [deleted, leftAlone] = prune === true ? [absent, nothing] : [nothing, absent];
    const connections = await checkConnections(snapshot, this.secrets, prove ? this.client : undefined, parsed);
    const { drafts: connectionDrafts, faulty } = connections;
    const accounts = new Accounts(snapshot, this.secrets, this.client, connectionDrafts, faulty, [...parsed.connections.keys()]);
    const { links, readings, problems, warnings } = await checkLinks(accounts, parsed.links);
    const alerts = await this.checkAlerts(who, snapshot, parsed, deleted);
    const away = [...connections.away, ...accounts.away];
    const found = [
      [...workspaceProblems(parsed, who), ...parsed.problems],
      connections.problems,
      [...losses(parsed, deleted), ...problems, ...(alerts?.problems ?? [])],
      checkAmongLinks(withoutLinks(snapshot, deleted), readings),
    ];
    refuse(parsed, found, away);
    const toMake = links.filter((link) => knownPlace(snapshot, wantedList(link)) === undefined);
    const drafts = links.map((link) => draftOf(snapshot, link, placeOfList(snapshot, wantedList(link)) ?? ''));
    return { snapshot, connections, links: drafts, warnings, deleted, leftAlone, toMake, alerts: alerts?.drafts };
  }

  /** Whoever says where alerts go hears of everything: that is for admins. */
  private async checkAlerts(
    who: Principal,
    snapshot: Snapshot,
    parsed: ParsedDocument,
    deleted: NotNamed,
  ): Promise<CheckedAlerts | undefined> {
    if (parsed.alerts === undefined) return undefined;
    const objects = [snapshot.connections, snapshot.links, parsed.connections, parsed.links].flatMap((known) => [...known.keys()]);
    const context = {
      ...{ workspaceId: who.workspaceId, sealing: this.channels, now: new Date(), saved: snapshot.alerts, objects },
      allowPrivate: this.context.settings.allowPrivateUrls,
    };
    const checked = await checkAlerts(context, parsed.alerts);
    const { channels, rules } = changedAlerts(checked.drafts);
    const changes = [...channels, ...rules, ...deleted.channels, ...deleted.rules];
    if (changes.length > 0 && !mayActAs(who.role, 'admin'))
      throw new Refusal('not-allowed', `Channels and rules of alerts are changed by admins; the token has the role ${who.role}.`);
    return checked;
  }

  /** Lists are made last, when all else is right; making one again finds it by its name. */
  private async makeLists({ snapshot, connections, links, toMake }: Checked): Promise<readonly LinkDraft[]> {
    const made = new Map<string, LinkDraft>();
    for (const link of toMake) {
      const { adapter } = link.destination;
      const place = await this.client.ensureList(adapter, this.settingsOf(snapshot, connections, link.document.destination), listOf(link));
      made.set(link.linkId, draftOf(snapshot, link, place));
    }
    return links.map((draft) => made.get(draft.linkId) ?? draft);
  }

  private settingsOf(snapshot: Snapshot, { drafts }: CheckedConnections, connectionId: string): Record<string, unknown> {
    const draft = drafts.get(connectionId);
    if (draft !== undefined) return { ...draft.settings, ...draft.secrets };
    const saved = snapshot.connections.get(connectionId);
    return saved === undefined ? {} : this.secrets.settingsOf(snapshot.workspaceId, saved);
  }
}

const planIsOld = 'The configuration was changed after this plan was made; nothing was saved. Make a new plan.';

const withoutLinks = (snapshot: Snapshot, { links }: NotNamed): Snapshot => ({
  ...snapshot,
  links: new Map([...snapshot.links].filter(([id]) => !links.includes(id))),
});

const listOf = ({ document }: CheckedLink): object => (typeof document.list === 'string' ? {} : document.list);

function draftOf(snapshot: Snapshot, { linkId, document, source, destination }: CheckedLink, place: string): LinkDraft {
  const saved = snapshot.links.get(linkId);
  const data = linkDataOf(linkId, document, place, source, destination);
  if (saved === undefined) return { linkId, document, data, saved, changes: ['*'], details: fieldChanges({}, document) };
  const inDocument = fieldChanges(saved.document, document);
  const details = inDocument.length > 0 ? inDocument : fieldChanges({ ...saved.data, version: 0 }, data);
  return { linkId, document, data, saved, changes: details.map(({ field }) => field), details };
}

const workspaceProblems = ({ workspace }: ParsedDocument, who: Principal): readonly Problem[] =>
  workspace === undefined || workspace === who.workspaceId
    ? []
    : [{ place: 'workspace', problem: `the token is for the workspace "${who.workspaceId}", the document for "${workspace}"` }];

/** @throws Refusal where anything is wrong, or could not be checked. */
function refuse({ written }: ParsedDocument, found: readonly (readonly Problem[])[], away: readonly Problem[]): void {
  const asWritten = (problems: readonly Problem[]): Problem[] => problems.map((one) => ({ ...one, place: written(one.place) }));
  if (found.some((look) => look.length > 0)) throw notValid(gatherProblems([...found, away].map(asWritten)));
  if (away.length > 0) throw new Refusal('unavailable', `Not everything could be checked, so nothing was saved: ${away[0]?.problem}`, away);
}
