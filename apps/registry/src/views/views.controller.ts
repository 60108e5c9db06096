import type {
  CommandView,
  FailuresView,
  JournalView,
  LinkDrift,
  LinkTrouble,
  PeopleView,
  PlanView,
  RunView,
  StopView,
  WhyView,
} from '@kontaktor/contracts';
import { normaliseAddress, planOperations, type PlanOperation } from '@kontaktor/domain';
import { ServiceTokenGuard } from '@kontaktor/service';
import { BadRequestException, Controller, Get, Inject, NotFoundException, Param, Query, UseGuards } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { commandViewOf } from '../commands/answer';
import { REGISTRY_PARTS, type RegistryParts } from '../registry-parts';
import { driftView } from './drift-view';
import { failuresView } from './failures-view';
import { journalView } from './journal-view';
import { linkTroubles } from './link-troubles';
import { peopleLists, peopleView, type PeopleList } from './people-view';
import { planViewOf } from './plan-view';
import { runViewOf, runViews } from './run-views';
import { stopViewOf } from './stop-view';
import { whyView } from './why-view';

type Text = string | undefined;

/** What control shows of the registry. Shapes: `internal/registry-views` of the contracts. */
@Controller('internal/workspaces/:workspaceId')
@UseGuards(ServiceTokenGuard)
export class ViewsController {
  constructor(@Inject(REGISTRY_PARTS) private readonly parts: RegistryParts) {}

  @Get('runs')
  runs(@Param('workspaceId') workspaceId: string, @Query('linkId') linkId: Text, @Query('limit') limit: Text): Promise<RunView[]> {
    return runViews(this.parts.database, workspaceId, linkId, limitOf(limit, 20, 200));
  }

  @Get('runs/:runId')
  async run(@Param('workspaceId') workspaceId: string, @Param('runId') runId: string): Promise<RunView> {
    const view = await runViewOf(this.parts.database, workspaceId, runId);
    if (view === undefined) throw new NotFoundException('There is no such run.');
    return view;
  }

  @Get('runs/:runId/plan')
  async plan(
    @Param('workspaceId') workspaceId: string,
    @Param('runId') runId: string,
    @Query() query: Record<string, Text>,
  ): Promise<PlanView> {
    const { operation, parked, after, limit } = query;
    const page = { operation: operationFrom(operation), parkedOnly: parked === 'true', after, limit: limitOf(limit, 100, 1000) };
    const view = await this.parts.database.transaction((tx) => planViewOf(tx, workspaceId, runId, page));
    if (view === undefined) throw new NotFoundException('There is no such run.');
    return view;
  }

  @Get('commands/:commandId')
  async command(@Param('workspaceId') workspaceId: string, @Param('commandId') commandId: string): Promise<CommandView> {
    const view = await commandViewOf(this.parts.database, workspaceId, commandId);
    if (view === undefined) throw new NotFoundException('No such command was answered.');
    return view;
  }

  @Get('stop')
  stop(@Param('workspaceId') workspaceId: string): Promise<StopView> {
    return stopViewOf(this.parts.database, workspaceId);
  }

  @Get('why')
  why(@Param('workspaceId') workspaceId: string, @Query('address') address: Text): Promise<WhyView> {
    const wanted = addressFrom(address);
    return this.parts.database.transaction((tx) => whyView(tx, workspaceId, wanted));
  }

  @Get('journal')
  journal(@Param('workspaceId') workspaceId: string, @Query() query: Record<string, Text>): Promise<JournalView> {
    const { address, contactId, kind, campaign, from, to, before, limit } = query;
    const filter = {
      ...(address === undefined ? {} : { address: addressFrom(address) }),
      contactId: contactFrom(contactId),
      kind,
      campaign,
      from: timeFrom(from),
      to: timeFrom(to),
    };
    return journalView(this.parts.database, workspaceId, filter, { before: cursorFrom(before), limit: limitOf(limit, 50, 500) });
  }

  @Get('failures')
  failures(@Param('workspaceId') workspaceId: string, @Query() query: Record<string, Text>): Promise<FailuresView> {
    const { linkId, connectionId, kind, problem, from, to, after, limit } = query;
    const filter = { linkId, connectionId, kind, problem, from: timeFrom(from), to: timeFrom(to) };
    return failuresView(this.parts.database, workspaceId, filter, { after: cursorFrom(after, 'after'), limit: limitOf(limit, 100, 1000) });
  }

  @Get('link-troubles')
  linkTroubles(@Param('workspaceId') workspaceId: string): Promise<LinkTrouble[]> {
    return linkTroubles(this.parts.database, workspaceId);
  }

  @Get('links/:linkId/drift')
  drift(@Param('workspaceId') workspaceId: string, @Param('linkId') linkId: string): Promise<LinkDrift[]> {
    return driftView(this.parts.database, workspaceId, linkId);
  }

  @Get('links/:linkId/people')
  people(
    @Param('workspaceId') workspaceId: string,
    @Param('linkId') linkId: string,
    @Query() query: Record<string, Text>,
  ): Promise<PeopleView> {
    const { list = '', after = '', limit } = query;
    if (!isList(list)) throw new BadRequestException(`list must be one of ${Object.keys(peopleLists).join(', ')}`);
    return peopleView(this.parts.database, { workspaceId, linkId }, list, { after, limit: limitOf(limit, 100, 1000) });
  }
}

function operationFrom(text: Text): PlanOperation | undefined {
  const found = planOperations.find((one) => one === text);
  if (text !== undefined && found === undefined) throw new BadRequestException(`operation must be one of ${planOperations.join(', ')}`);
  return found;
}

const isList = (text: string): text is PeopleList => Object.hasOwn(peopleLists, text);

function limitOf(text: Text, otherwise: number, most: number): number {
  const limit = Number(text ?? otherwise);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, most) : otherwise;
}

function addressFrom(text: Text): string {
  const read = normaliseAddress(text ?? '');
  // A malformed address can still be asked for, as it stands at the source; so can the key of a record.
  return read.ok ? read.address : (text ?? '').trim().toLowerCase();
}

function contactFrom(text: Text): string | undefined {
  if (text !== undefined && !isUuid(text)) throw new BadRequestException(`${text} is not the id of a contact`);
  return text;
}

function cursorFrom(text: Text, name = 'before'): string | undefined {
  if (text !== undefined && Number.isNaN(Date.parse(text.split('|')[0] ?? '')))
    throw new BadRequestException(`${name} must be the "next" of an earlier answer`);
  return text;
}

function timeFrom(text: Text): string | undefined {
  if (text === undefined) return undefined;
  if (Number.isNaN(Date.parse(text))) throw new BadRequestException(`${text} is not a time; write 2026-03-01 or 2026-03-01T08:00:00Z`);
  return new Date(text).toISOString();
}
