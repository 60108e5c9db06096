import { HttpClient, credentialsRejected, rateLimited, type AdapterContext } from '@kontaktor/adapter-kit';
import { sha256Hex, unseal } from '@kontaktor/config';
import { callTimeoutMs } from '../call-times';
import { currentScope } from '../calls/call-scope';
import { RateBudget } from '../calls/rate-budget';
import { tracedCall } from '../calls/traced-call';
import type { Host } from '../host';
import { nameOf, type ConnectionRow } from './connection-row';
import { requireSettings } from './parse-settings';

/** What an adapter's functions are given. */
export type ProviderContext = AdapterContext<{ readonly baseUrl: string }>;

interface Open {
  readonly version: number;
  readonly context: ProviderContext;
}

/** Calls side by side are the budget's to limit, over all replicas: in a queue of the client's own, opt-outs would stand behind others. */
const mostWaiting = 1000;
/** How long to wait after a 429 that did not say. */
const defaultBlockMs = 5000;

/** What calls need of their service. */
type CallingHost = Pick<Host, 'adapter' | 'database' | 'holder' | 'metrics' | 'logger' | 'tracing' | 'key' | 'allowPrivate'>;

/** Open connections of this process, one client a version; one budget for each credential, whichever connections use it. */
export class Connections {
  private readonly open = new Map<string, Open>();
  private readonly budgets = new Map<string, RateBudget>();

  constructor(private readonly host: CallingHost) {}

  /** @throws AdapterError when the settings are not valid or the secrets cannot be opened */
  get(row: ConnectionRow): ProviderContext {
    const name = nameOf(row);
    const found = this.open.get(name);
    if (found?.version === row.connection_version) return found.context;
    const context = this.connect({ ...row.settings, ...this.secretsOf(row) });
    // Calls in hand on the older client still end.
    if (found !== undefined) this.closeClient(found.context.http);
    this.open.set(name, { version: row.connection_version, context });
    return context;
  }

  /** A client for settings in clear. Whoever made it closes it. @throws AdapterError when the settings are not valid */
  connect(raw: Record<string, unknown>): ProviderContext {
    const { adapter, allowPrivate, tracing } = this.host;
    const settings = requireSettings(adapter, raw);
    const secrets = adapter.secrets.map((name) => String(Reflect.get(settings, name) ?? ''));
    const budget = this.budgetOf(sha256Hex(JSON.stringify([settings.baseUrl, ...secrets])));
    const http = new HttpClient({
      ...{ baseUrl: settings.baseUrl, headers: adapter.credentials(settings), parallel: mostWaiting, allowPrivate },
      beforeCall: () => beforeCall(budget),
      ...(tracing.isOn ? { around: tracedCall(tracing, adapter.name) } : {}),
      timeoutMs: callTimeoutMs,
      afterCall: ({ method, status, seconds, retryAfterMs }) => {
        budget.done();
        this.host.metrics.calls.observe({ method, status }, seconds);
        if (status === 429) budget.block(retryAfterMs ?? defaultBlockMs).catch(this.onError);
      },
    });
    return { settings, http };
  }

  async close(): Promise<void> {
    for (const budget of this.budgets.values()) budget.close();
    await Promise.all([...this.open.values()].map(({ context }) => context.http.close()));
  }

  /** Calls that wait for their turn are told to come again: the service stops. */
  endWaiting(): void {
    for (const budget of this.budgets.values()) budget.close();
  }

  private readonly onError = (error: unknown): void => this.host.logger.error({ err: error }, 'rate budget');

  private closeClient(http: HttpClient): void {
    http.close().catch((error: unknown) => this.host.logger.warn({ err: error }, 'closing the client of an older version'));
  }

  private secretsOf(row: ConnectionRow): object {
    try {
      const secrets: unknown = JSON.parse(unseal(this.host.key, row.sealed_secrets, `${nameOf(row)}/${row.connection_version}`));
      return typeof secrets === 'object' && secrets !== null ? secrets : {};
    } catch (error) {
      throw credentialsRejected(
        `The secrets of connection ${row.connection_id} cannot be opened (${error instanceof Error ? error.message : String(error)}). Enter them again.`,
      );
    }
  }

  private budgetOf(key: string): RateBudget {
    const { database, holder, adapter } = this.host;
    const found = this.budgets.get(key);
    if (found !== undefined) return found;
    const budget = new RateBudget({ database, key, holder, limits: adapter.limits, onError: this.onError });
    this.budgets.set(key, budget);
    return budget;
  }
}

async function beforeCall(budget: RateBudget): Promise<void> {
  const scope = currentScope();
  await budget.take(scope.urgent, scope.oneOff === true ? scope.deadline : undefined);
  if (scope.deadline !== undefined && performance.now() > scope.deadline) {
    budget.done();
    throw rateLimited('the call waited longer for the rate budget than its permission lasts; it is asked for anew', 0);
  }
  scope.calls += 1;
}
