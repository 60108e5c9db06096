import type { ChangeReport } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import { mayActAs, type Principal } from '../access/principal';
import { alertChanges } from '../alerts/configuration/alert-changes';
import { ChannelSealing } from '../alerts/configuration/channel-secrets';
import { checkAlerts, type AlertDrafts, type CheckedAlerts } from '../alerts/configuration/check-alerts';
import { changedAlerts } from '../alerts/configuration/save-alerts';
import { checkOtherWriters } from '../checks/check-other-writers';
import { linkDataOf } from '../checks/link-data';
import { parseDocument, type ParsedDocument } from '../document/parse-document';
import { notValid, Refusal, type Problem } from '../http/refusal';
import { AdapterClient } from '../providers/adapter-client';
import { Accounts } from './accounts';
import { changeOf } from './change-report';
import { checkConnections, type CheckedConnections } from './check-connections';
import { checkLinks } from './check-links';
import { Commit } from './commit';
import { ConnectionSecrets } from './connection-secrets';
import { differences } from './differences';
import type { CheckedLink, LinkDraft } from './link-draft';
import { knownPlace, placeToMake } from './list-places';
import { loadSnapshot, type Snapshot } from './snapshot';

export interface ChangeOptions {
  /** False: only checked. */
  readonly save: boolean;
  /** False: the providers are not asked whether the settings are right. */
  readonly prove: boolean;
}

interface Checked {
  readonly snapshot: Snapshot;
  readonly connections: CheckedConnections;
  readonly links: readonly LinkDraft[];
  readonly toMake: readonly CheckedLink[];
  /** Absent: the document says nothing of alerts. */
  readonly alerts: AlertDrafts | undefined;
  readonly warnings: readonly Problem[];
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

  /** @throws Refusal with all problems at once; nothing is saved then. */
  async change(who: Principal, input: unknown, { save, prove }: ChangeOptions): Promise<ChangeReport> {
    const checked = await this.check(who, parseDocument(input), prove);
    const { snapshot, connections, warnings, alerts } = checked;
    const links = save ? await this.makeLists(checked) : checked.links;
    if (save) await this.commit.save(who, snapshot, [...connections.drafts.values()], links, alerts);
    return {
      saved: save,
      connections: [...connections.drafts].map(([id, draft]) => changeOf(id, draft)),
      links: links.map((draft) => changeOf(draft.linkId, draft)),
      ...(alerts === undefined ? {} : { alerts: alertChanges(alerts, save) }),
      warnings: [...warnings],
    };
  }

  private async check(who: Principal, parsed: ParsedDocument, prove: boolean): Promise<Checked> {
    const snapshot = await loadSnapshot(this.context.database, who.workspaceId);
    const connections = await checkConnections(snapshot, this.secrets, prove ? this.client : undefined, parsed.connections);
    const faulty = new Set([...connections.faulty, ...parsed.faultyConnections]);
    const accounts = new Accounts(snapshot, this.secrets, this.client, connections.drafts, faulty);
    const { links, problems, warnings } = await checkLinks(accounts, parsed.links);
    const drafts = links.map((link) => draftOf(snapshot, link, knownPlace(snapshot, link) ?? placeToMake(link)));
    const alerts = await this.checkAlerts(who, snapshot, parsed);
    const found = [
      ...workspaceProblems(parsed, who),
      ...parsed.problems,
      ...connections.problems,
      ...problems,
      ...twice(snapshot, drafts),
      ...(alerts?.problems ?? []),
    ];
    const away = [...connections.away, ...accounts.away];
    if (found.length > 0) throw notValid([...found, ...away]);
    if (away.length > 0)
      throw new Refusal('unavailable', `Not everything could be checked, so nothing was saved: ${away[0]?.problem}`, away);
    const toMake = links.filter((link) => knownPlace(snapshot, link) === undefined);
    return { snapshot, connections, links: drafts, warnings, toMake, alerts: alerts?.drafts };
  }

  /** Whoever says where alerts go hears of everything: that is for admins. */
  private async checkAlerts(who: Principal, snapshot: Snapshot, parsed: ParsedDocument): Promise<CheckedAlerts | undefined> {
    if (parsed.alerts === undefined) return undefined;
    const objects = [snapshot.connections, snapshot.links, parsed.connections, parsed.links].flatMap((known) => [...known.keys()]);
    const context = {
      ...{ workspaceId: who.workspaceId, sealing: this.channels, now: new Date(), saved: snapshot.alerts, objects },
      allowPrivate: this.context.settings.allowPrivateUrls,
    };
    const checked = await checkAlerts(context, parsed.alerts);
    const { channels, rules } = changedAlerts(checked.drafts);
    if (channels.length + rules.length > 0 && !mayActAs(who.role, 'admin'))
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

const listOf = ({ document }: CheckedLink): object => (typeof document.list === 'string' ? {} : document.list);

function draftOf(snapshot: Snapshot, { linkId, document, source, destination }: CheckedLink, place: string): LinkDraft {
  const saved = snapshot.links.get(linkId);
  const data = linkDataOf(linkId, document, place, source, destination);
  if (saved === undefined) return { linkId, document, data, saved, changes: ['*'] };
  const inDocument = differences(saved.document, document);
  const inData = differences({ ...saved.data, version: 0 }, data);
  return { linkId, document, data, saved, changes: inDocument.length > 0 ? inDocument : inData };
}

const workspaceProblems = ({ workspace }: ParsedDocument, who: Principal): readonly Problem[] =>
  workspace === undefined || workspace === who.workspaceId
    ? []
    : [{ place: 'workspace', problem: `the token is for the workspace "${who.workspaceId}", the document for "${workspace}"` }];

/** Links that would fill the same field of the same list, in the document or beside it. */
function twice(snapshot: Snapshot, drafts: readonly LinkDraft[]): readonly Problem[] {
  const ids = new Set(drafts.map(({ linkId }) => linkId));
  const kept = [...snapshot.links.values()].filter(({ linkId }) => !ids.has(linkId)).map(({ data }) => data);
  return drafts.flatMap(({ linkId, data }, index) =>
    checkOtherWriters(data, [...kept, ...drafts.slice(0, index).map((draft) => draft.data)]).map(({ place, problem }) => ({
      place: `links.${linkId}.${place}`,
      problem,
    })),
  );
}
