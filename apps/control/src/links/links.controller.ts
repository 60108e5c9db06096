import { changeReport, type ChangeReport, deletedLink, type DeletedLink } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Who, type Principal } from '../access/principal';
import { Needs } from '../access/token.guard';
import { ChangeConfiguration } from '../configuration/change-configuration';
import { onLatest } from '../configuration/on-latest';
import { Commit } from '../configuration/commit';
import { changeOf } from '../configuration/change-report';
import { fieldChanges } from '../configuration/differences';
import { inside } from '../configuration/inside';
import { loadSnapshot, type SavedLink } from '../configuration/snapshot';
import { linkDocument } from '../document/link-document';
import { ApiController } from '../http/api-controller';
import { Documented } from '../api-document/documented';
import { found } from '../http/refusal';
import { DeleteLinkQuery } from '../runs/run-requests';
import { RequestedRuns } from '../runs/requested-runs';
import { linksView, linkView, type LinkView } from './link-views';

const show = ({ linkId, version, document, data }: SavedLink): LinkView => ({
  ...{ id: linkId, version, enabled: document.enabled, place: data.place, retiring: data.retiring === true, link: document },
});

@ApiController('links', 'Links')
export class LinksController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly changes: ChangeConfiguration,
    private readonly commit: Commit,
    private readonly runs: RequestedRuns,
  ) {}

  @Get()
  @Documented({ summary: 'All links', answers: linksView })
  async list(@Who() { workspaceId }: Principal): Promise<{ links: LinkView[] }> {
    return { links: [...(await loadSnapshot(this.context.database, workspaceId)).links.values()].map(show) };
  }

  @Get(':id')
  @Documented({ summary: 'One link', answers: linkView, params: ['id'] })
  async get(@Who() who: Principal, @Param('id') id: string): Promise<LinkView> {
    return show((await this.saved(who, id)).link);
  }

  @Put(':id')
  @Needs('editor')
  @Documented({
    summary: 'Create or replace a link; its list is made when it is new',
    answers: changeReport,
    body: linkDocument,
    params: ['id'],
  })
  put(@Who() who: Principal, @Param('id') id: string, @Body() body: unknown): Promise<ChangeReport> {
    return this.save(who, id, body);
  }

  @Delete(':id')
  @Needs('editor')
  @HttpCode(200)
  @Documented({
    summary: 'Delete a link; what it put at the destination stays there, or is taken out first by a last run that waits for approval',
    ...{ answers: deletedLink, params: ['id'] },
  })
  async delete(@Who() who: Principal, @Param('id') id: string, @Query() { members }: DeleteLinkQuery): Promise<DeletedLink> {
    const { snapshot, link } = await this.saved(who, id);
    if (members === 'take-out') {
      const runId = uuidv7();
      await this.commit.retireLink(who, snapshot, link, (tx, version) =>
        this.runs.request(tx, who, { linkId: id, runId, mode: 'full', version }),
      );
      return { deleted: false, runId };
    }
    await this.commit.deleteLink(who, snapshot, id);
    return { deleted: true, runId: null };
  }

  @Post(':id/enable')
  @Needs('editor')
  @HttpCode(200)
  @Documented({ summary: 'Let a link run; it is checked as when it was saved', answers: changeReport, params: ['id'] })
  async enable(@Who() who: Principal, @Param('id') id: string): Promise<ChangeReport> {
    const { link } = await this.saved(who, id);
    return this.save(who, id, { ...link.document, enabled: true });
  }

  /** Asks no provider: a link can be stopped while they are away. */
  @Post(':id/disable')
  @Needs('editor')
  @HttpCode(200)
  @Documented({ summary: 'Stop a link', answers: changeReport, params: ['id'] })
  disable(@Who() who: Principal, @Param('id') id: string): Promise<ChangeReport> {
    return onLatest(() => this.disabled(who, id));
  }

  private async disabled(who: Principal, id: string): Promise<ChangeReport> {
    const { link, snapshot } = await this.saved(who, id);
    const document = { ...link.document, enabled: false };
    const details = fieldChanges(link.document, document);
    const draft = {
      ...{ linkId: id, saved: link, document, data: { ...link.data, enabled: false } },
      ...{ details, changes: details.map(({ field }) => field) },
    };
    await this.commit.save(who, snapshot, { connections: [], links: [draft] });
    const report = { connections: [], links: [changeOf(id, draft)], leftAlone: [], warnings: [] };
    return { saved: true, revision: snapshot.revision, ...report };
  }

  private save(who: Principal, id: string, body: unknown): Promise<ChangeReport> {
    return inside(['links', id], () => this.changes.change(who, { links: { [id]: body } }, { save: true, prove: true }));
  }

  private async saved({ workspaceId }: Principal, id: string) {
    const snapshot = await loadSnapshot(this.context.database, workspaceId);
    return { snapshot, link: found(snapshot.links.get(id), `link "${id}"`) };
  }
}
