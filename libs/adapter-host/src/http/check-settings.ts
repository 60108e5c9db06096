import { classify, refusePrivateAddress } from '@kontaktor/adapter-kit';
import type { CheckAnswer } from '@kontaktor/contracts';
import type { AdapterRuntime } from '../adapter-runtime';
import { parseSettings } from '../connections/parse-settings';
import { plainWords } from './plain-words';
import { withAccount } from './with-account';

/** Whether settings lead to an account: all problems of their shape at once, or what the provider says to a cheap call. */
export async function checkSettings(runtime: AdapterRuntime, raw: Record<string, unknown>): Promise<CheckAnswer> {
  const { adapter, allowPrivate } = runtime.host;
  const parsed = parseSettings(adapter, raw);
  if (!parsed.ok) return { ok: false, problems: [...parsed.problems] };
  const refused = (place: string, problem: string): CheckAnswer => ({ ok: false, problems: [{ place, problem }] });
  if (!allowPrivate) {
    const answer = await refusePrivateAddress(new URL(parsed.settings.baseUrl)).then(
      () => undefined,
      (error: unknown) => refused('settings.baseUrl', classify(error).message),
    );
    if (answer !== undefined) return answer;
  }
  return withAccount(runtime, raw, async (context) => ({ ok: true as const, ...(await adapter.check(context)) })).catch((error: unknown) =>
    refused(placeOf(classify(error).kind, adapter.secrets), plainWords(adapter, error)),
  );
}

/** The setting at fault, as far as the kind of failure tells. */
function placeOf(kind: string, secrets: readonly string[]): string {
  if (kind === 'credentials-rejected') return secrets.length === 1 ? `settings.${secrets[0]}` : 'settings';
  return kind === 'provider-unavailable' || kind === 'item-rejected' || kind === 'schema-drift' ? 'settings.baseUrl' : 'settings';
}
