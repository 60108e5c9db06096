import { issuedToken, workspacesView, type IssuedToken, type WorkspacesView } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Documented } from '../api-document/documented';
import { ApiController } from '../http/api-controller';
import { Refusal } from '../http/refusal';
import { writeAudit } from '../operations/audit';
import { WorkspaceEntity } from '../tables/workspace.entity';
import { NewWorkspaceRequest } from './access-requests';
import { Who, type Principal } from './principal';
import { Needs } from './token.guard';
import { issueToken } from './tokens';

/** The installation's own workspace: its admins make the others, and see no more of them than their names. */
const ownWorkspace = 'main';

@ApiController('workspaces', 'Access')
@Needs('admin')
export class WorkspacesController {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  @Get()
  @Documented({ summary: 'Workspaces of the installation; for admins of the workspace main', answers: workspacesView })
  async list(@Who() who: Principal): Promise<WorkspacesView> {
    mustBeOfInstallation(who);
    const workspaces = await this.context.database.repository(WorkspaceEntity).find({ order: { workspaceId: 'ASC' } });
    return { workspaces: workspaces.map(({ workspaceId, createdAt }) => ({ workspace: workspaceId, createdAt: createdAt.toISOString() })) };
  }

  @Post()
  @HttpCode(201)
  @Documented({
    summary: 'Make a workspace; answers the first admin token of it, which is shown this once',
    answers: issuedToken,
    status: 201,
  })
  make(@Who() who: Principal, @Body() { workspace }: NewWorkspaceRequest): Promise<IssuedToken> {
    mustBeOfInstallation(who);
    return this.context.database.transaction(async (tx) => {
      const made = await tx.query('INSERT INTO workspaces (workspace_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING 1', [workspace]);
      if (made.length === 0) throw new Refusal('conflict', `There is a workspace "${workspace}" already.`);
      const issued = await issueToken(tx, { workspaceId: workspace, name: 'first', role: 'admin' });
      await writeAudit(tx, who, 'create', `workspace ${workspace}`, {});
      await writeAudit(tx, { ...who, workspaceId: workspace, actor: `${who.actor} of ${ownWorkspace}` }, 'create', 'token first', {
        role: 'admin',
      });
      return issued;
    });
  }
}

function mustBeOfInstallation({ workspaceId }: Principal): void {
  if (workspaceId !== ownWorkspace)
    throw new Refusal('not-allowed', `Workspaces are the business of admins of the workspace ${ownWorkspace}.`);
}
