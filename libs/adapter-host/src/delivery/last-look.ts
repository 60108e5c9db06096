import { lastLookAnswer, type LastLookRequest } from '@kontaktor/contracts';
import { ticketFromWire, type GateTicket } from '@kontaktor/domain';
import { traceHeaders } from '@kontaktor/observability';
import type { Host } from '../host';
import type { WorkRow } from './work-row';

export type Verdict =
  | { readonly verdict: 'go'; readonly ticket?: GateTicket }
  | { readonly verdict: 'stop' | 'superseded'; readonly reason: string }
  /** The registry does not answer, or a person stopped all writes of the workspace. */
  | { readonly verdict: 'wait' };

const answerMs = 15_000;
const ticketLifeMs = 60_000;
/** Clocks of two machines: a ticket given a moment ago may look as if it came from the future. */
const clockToleranceMs = 5000;

/**
 * Asks the registry once for a batch, just before the calls, whether each item still stands. Without an answer only opt-outs and erasures go on.
 * @returns a verdict an item, in their order
 */
export async function lastLook(host: Host, workspaceId: string, rows: readonly WorkRow[]): Promise<readonly Verdict[]> {
  try {
    const verdicts = await ask(host, {
      items: rows.map(({ body, version, urgent }) => ({
        ...{ workspaceId, remotePersonId: body.remotePersonId, version, kind: body.kind, urgent },
        ...(body.runId === undefined ? {} : { runId: body.runId }),
      })),
    });
    if (verdicts.length !== rows.length) throw new Error(`the registry answered ${verdicts.length} verdicts for ${rows.length} items`);
    return verdicts.map(toVerdict);
  } catch (error) {
    host.logger.warn({ err: error }, 'the registry did not answer the last look; only opt-outs go on');
    return rows.map(({ urgent }): Verdict => (urgent ? { verdict: 'go' } : { verdict: 'wait' }));
  }
}

type WireVerdict = ReturnType<typeof lastLookAnswer.parse>['verdicts'][number];

async function ask(host: Host, request: LastLookRequest): Promise<readonly WireVerdict[]> {
  const response = await fetch(`${host.registryUrl()}/internal/last-look`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${host.serviceToken}`, ...traceHeaders() },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(answerMs),
  });
  if (!response.ok) throw new Error(`POST /internal/last-look answered ${response.status}`);
  return lastLookAnswer.parse(await response.json()).verdicts;
}

function toVerdict({ verdict, reason, ticket }: WireVerdict): Verdict {
  if (verdict === 'wait') return { verdict };
  if (verdict !== 'go') return { verdict, reason: reason ?? verdict };
  const accepted = ticket === undefined ? undefined : ticketFromWire(ticket, momentFor(ticket.expiresAt));
  return { verdict, ...(accepted === undefined ? {} : { ticket: accepted }) };
}

/** Our time, or the time when the ticket was given where our clock is a little off. */
function momentFor(expiresAt: string): string {
  const given = Date.parse(expiresAt) - ticketLifeMs;
  const now = Date.now();
  return new Date(Math.abs(now - given) <= clockToleranceMs ? given : now).toISOString();
}
