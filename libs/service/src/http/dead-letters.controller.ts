import { BatchServer } from '@kontaktor/messaging';
import { BadRequestException, Body, Controller, Get, HttpCode, Inject, Post, Query, UseGuards } from '@nestjs/common';
import { z } from 'zod';
import { SERVICE_CONTEXT, type ServiceContext } from '../service-context';
import { ServiceTokenGuard } from './service-token.guard';

const selection = z.object({ ids: z.array(z.uuid()).optional() });

/**
 * Postgres reads no JSON that holds an escaped NUL or half a surrogate pair, wherever it stands, so these escapes become that of another
 * character first. A name that had one, or is no text, is the name of no workspace.
 */
const workspaceOfEvent = `CASE WHEN event IS JSON OBJECT THEN
  (SELECT name #>> '{}' FROM (SELECT regexp_replace(event, '\\\\u(0000|d[89a-f][0-9a-f]{2})', '\\\\ufffd', 'gi')::json -> 'workspaceId' AS name) found
   WHERE json_typeof(name) = 'string' AND strpos(name #>> '{}', U&'\\FFFD') = 0) END`;

/** What this service could not read: to look at, and to apply again. */
@Controller('internal/dead-letters')
@UseGuards(ServiceTokenGuard)
export class DeadLettersController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly server: BatchServer,
  ) {}

  /** `?workspaceId=main,*` shows those of workspaces; `*` stands for events that belong to none, or cannot be read so far. */
  @Get()
  list(@Query('workspaceId') workspaceIds?: string): Promise<Record<string, unknown>[]> {
    return this.context.database.query(
      `SELECT id, consumer, topic, reason, attempts, died_at FROM dead_letters
       WHERE sent_again_at IS NULL AND ($1::text[] IS NULL OR coalesce(${workspaceOfEvent}, '*') = ANY ($1))
       ORDER BY died_at DESC LIMIT 500`,
      [workspaceIds?.split(',') ?? null],
    );
  }

  /** All that wait, when the body names no ids. */
  @Post('send-again')
  @HttpCode(200)
  sendAgain(@Body() body: unknown): Promise<{ applied: number; stillDead: number }> {
    const { success, data } = selection.safeParse(body ?? {});
    if (!success) throw new BadRequestException('Send {"ids": ["…"]} with the ids of dead letters, or {} for all of them.');
    return this.server.sendAgain(data.ids);
  }
}
