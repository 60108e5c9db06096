import type { AdapterRuntime } from '../adapter-runtime';
import { inCallScope, oneOffScope } from '../calls/call-scope';
import type { ProviderContext } from '../connections/connections';

/** Runs `work` with a client for settings in clear, which is closed afterwards; nothing of them is kept. */
export async function withAccount<T>(
  { connections }: AdapterRuntime,
  raw: Record<string, unknown>,
  work: (context: ProviderContext) => Promise<T>,
): Promise<T> {
  const context = connections.connect(raw);
  try {
    return await inCallScope(oneOffScope(), () => work(context));
  } finally {
    await context.http.close();
  }
}
