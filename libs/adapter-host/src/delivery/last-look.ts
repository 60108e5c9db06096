import { providerUnavailable } from '@kontaktor/adapter-kit';
import { ticketFromWire, type GateTicket } from '@kontaktor/domain';
import { z } from 'zod';
import type { Host } from '../host';
import type { WorkRow } from './work-row';

export type Verdict =
  { readonly verdict: 'go'; readonly ticket?: GateTicket } | { readonly verdict: 'stop' | 'superseded'; readonly reason: string };

const answerShape = z.object({
  verdicts: z.array(
    z.object({
      verdict: z.enum(['go', 'stop', 'superseded']),
      reason: z.string().optional(),
      ticket: z.object({ address: z.string(), purpose: z.string(), expiresAt: z.string() }).optional(),
    }),
  ),
});

/**
 * Asks the registry once for a batch, just before the calls, whether each item still stands. When the registry is away only opt-outs go on.
 * @returns a verdict an item, in their order
 */
export async function lastLook(host: Host, rows: readonly WorkRow[]): Promise<readonly Verdict[]> {
  const items = rows.map(({ body, version, workspace_id }) => ({
    workspaceId: workspace_id,
    remotePersonId: body.remotePersonId,
    version,
    runId: body.runId,
  }));
  const response = await fetch(`${host.registryUrl()}/internal/last-look`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${host.serviceToken}` },
    body: JSON.stringify({ items }),
    signal: AbortSignal.timeout(10_000),
  }).catch((error: unknown) => error);
  if (!(response instanceof Response) || !response.ok) return rows.map((row) => withoutRegistry(row));
  const { verdicts } = answerShape.parse(await response.json());
  const now = new Date().toISOString();
  return verdicts.map(({ verdict, reason, ticket }) => {
    if (verdict !== 'go') return { verdict, reason: reason ?? verdict };
    const accepted = ticket === undefined ? undefined : ticketFromWire(ticket, now);
    return { verdict, ...(accepted === undefined ? {} : { ticket: accepted }) };
  });
}

function withoutRegistry({ urgent }: WorkRow): Verdict {
  if (urgent) return { verdict: 'go' };
  throw providerUnavailable('the registry does not answer the last look; only opt-outs go on without it');
}
