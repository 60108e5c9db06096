import {
  changeReport,
  checkAnswer,
  connectionsView,
  connectionView,
  describeAnswer,
  type ChangeReport,
  type CheckAnswer,
  type ConnectionView,
  type DescribeAnswer,
} from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Who, type Principal } from '../access/principal';
import { Needs } from '../access/token.guard';
import { ChangeConfiguration } from '../configuration/change-configuration';
import { Commit } from '../configuration/commit';
import { draftedFrom } from '../configuration/check-connections';
import { draftConnection } from '../configuration/connection-draft';
import { ConnectionSecrets } from '../configuration/connection-secrets';
import { inside } from '../configuration/inside';
import { proveDraft } from '../configuration/prove-draft';
import { loadSnapshot, type SavedConnection, type Snapshot } from '../configuration/snapshot';
import { connectionDocument } from '../document/document';
import { gatherProblems } from '../document/gather-problems';
import { parseConnection } from '../document/parse-document';
import { ApiController } from '../http/api-controller';
import { Documented } from '../api-document/documented';
import { found, Refusal } from '../http/refusal';
import { AdapterClient } from '../providers/adapter-client';
import { CheckSettingsRequest, SaveQuery } from './connection-requests';
import { Resuming } from './resuming';
import { showConnection } from './show-connection';

@ApiController('connections', 'Connections')
export class ConnectionsController {
  private readonly secrets: ConnectionSecrets;

  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly changes: ChangeConfiguration,
    private readonly commit: Commit,
    private readonly client: AdapterClient,
    private readonly resuming: Resuming,
  ) {
    this.secrets = new ConnectionSecrets(context.settings.masterKey);
  }

  @Get()
  @Documented({ summary: 'All connections, without secrets', answers: connectionsView })
  async list(@Who() who: Principal): Promise<{ connections: ConnectionView[] }> {
    const { connections } = await this.snapshotOf(who);
    return { connections: [...connections.values()].map((connection) => this.show(who, connection)) };
  }

  @Get(':id')
  @Documented({ summary: 'One connection, without secrets', answers: connectionView, params: ['id'] })
  async get(@Who() who: Principal, @Param('id') id: string): Promise<ConnectionView> {
    return this.show(who, this.savedIn(await this.snapshotOf(who), id));
  }

  @Put(':id')
  @Needs('editor')
  @Documented({
    summary: 'Create or replace a connection; the provider is asked first',
    answers: changeReport,
    body: connectionDocument,
    params: ['id'],
  })
  put(@Who() who: Principal, @Param('id') id: string, @Query() { check }: SaveQuery, @Body() body: unknown): Promise<ChangeReport> {
    const options = { save: true, prove: check !== 'false' };
    return inside(['connections', id], () => this.changes.change(who, { connections: { [id]: body } }, options));
  }

  @Delete(':id')
  @Needs('editor')
  @HttpCode(204)
  @Documented({ summary: 'Delete a connection that no link uses', status: 204, params: ['id'] })
  async delete(@Who() who: Principal, @Param('id') id: string): Promise<void> {
    const snapshot = await this.snapshotOf(who);
    this.savedIn(snapshot, id);
    const users = [...snapshot.links.values()].filter(
      ({ data }) => data.source.connectionId === id || data.destination.connectionId === id,
    );
    if (users.length > 0) {
      const names = users.map(({ data }) => `"${data.name}"`).join(', ');
      throw new Refusal(
        'conflict',
        `The connection is used by ${names}; delete ${users.length === 1 ? 'that link' : 'those links'} first.`,
      );
    }
    await this.commit.deleteConnection(who, snapshot, id);
  }

  @Post('check')
  @Needs('editor')
  @HttpCode(200)
  @Documented({ summary: 'Prove settings before they are saved', answers: checkAnswer })
  async checkGiven(@Who() who: Principal, @Body() { provider, settings, connection }: CheckSettingsRequest): Promise<CheckAnswer> {
    const snapshot = await this.snapshotOf(who);
    const id = connection ?? 'new';
    const known = snapshot.connections.has(id) ? snapshot : { ...snapshot, connections: new Map<string, SavedConnection>() };
    const parsed = parseConnection({ provider, settings });
    const document = draftedFrom(known, id, parsed);
    if (document === undefined) return { ok: false, problems: [...parsed.problems] };
    const { draft, problems, covered, mayBeAsked } = draftConnection(known, this.secrets, id, document);
    const told = [parsed.problems, problems];
    if (draft === undefined || !mayBeAsked) return { ok: false, problems: gatherProblems(told) };
    const { works, account, found: said, unavailable } = await proveDraft(this.client, draft);
    const wrong = gatherProblems([...told, said.filter(({ place }) => !covered.includes(place))]);
    if (unavailable && told.flat().length === 0) throw new Refusal('unavailable', said.map(({ problem }) => problem).join(' '));
    return works && wrong.length === 0 ? { ok: true, account } : { ok: false, problems: wrong };
  }

  @Post(':id/check')
  @Needs('editor')
  @HttpCode(200)
  @Documented({ summary: 'Prove a saved connection; what was suspended goes on when it works', answers: checkAnswer, params: ['id'] })
  async checkSaved(@Who() who: Principal, @Param('id') id: string): Promise<CheckAnswer> {
    const { snapshot, adapter, settings } = await this.opened(who, id);
    const answer = await this.client.check(adapter, settings);
    if (!answer.ok) return answer;
    const { resumed, problems } = await this.resuming.resume(snapshot, [id]);
    if (problems.length > 0) return { ok: false, problems: problems.map(({ problem }) => ({ place: '', problem })) };
    return { ...answer, resumed: resumed.length > 0 };
  }

  @Get(':id/describe')
  @Needs('editor')
  @Documented({ summary: 'Tags, record types and lists to pick from', answers: describeAnswer, params: ['id'] })
  async describe(@Who() who: Principal, @Param('id') id: string): Promise<DescribeAnswer> {
    const { adapter, settings } = await this.opened(who, id);
    return this.client.describe(adapter, settings);
  }

  private async opened(who: Principal, id: string) {
    const snapshot = await this.snapshotOf(who);
    const connection = this.savedIn(snapshot, id);
    const adapter = snapshot.adapters.get(connection.provider);
    if (adapter === undefined) throw new Refusal('unavailable', `The service of ${connection.provider} does not run here.`);
    return { snapshot, adapter, settings: this.secrets.settingsOf(who.workspaceId, connection) };
  }

  private snapshotOf({ workspaceId }: Principal): Promise<Snapshot> {
    return loadSnapshot(this.context.database, workspaceId);
  }

  private savedIn({ connections }: Snapshot, id: string): SavedConnection {
    return found(connections.get(id), `connection "${id}"`);
  }

  private show({ workspaceId, role }: Principal, connection: SavedConnection): ConnectionView {
    return showConnection(connection, { workspaceId, role, webhookUrl: this.context.settings.webhookUrl(), secrets: this.secrets });
  }
}
