import type { IncomingHttpHeaders } from 'node:http';

const exact = new Set(['content-type', 'user-agent']);
const endings = ['-signature', '-timestamp', '-id'];

/** Headers an adapter may need to verify or tell deliveries apart; never cookies, credentials or addresses of who called. */
export function harmlessHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    isHarmless(name) && typeof value === 'string' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(kept);
}

function isHarmless(name: string): boolean {
  return exact.has(name) || name.startsWith('webhook-') || endings.some((ending) => name.endsWith(ending));
}
