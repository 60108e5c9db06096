import type { Metrics } from '@kontaktor/observability';
import type { Database } from '@kontaktor/persistence';

export interface HostMetrics {
  /** Calls to the provider, by status (0: no whole answer), with their seconds. */
  readonly calls: ReturnType<Metrics['histogram']>;
  /** What became of work, by kind and outcome. */
  readonly outcomes: ReturnType<Metrics['counter']>;
  /** Observations published. */
  readonly observations: ReturnType<Metrics['counter']>;
}

/** Registers the metrics of an adapter's service. */
export function hostMetrics({ metrics, database }: { readonly metrics: Metrics; readonly database: Database }): HostMetrics {
  const gauge = (name: string, help: string, sql: string): void => {
    metrics.gauge(name, help, async () => (await database.query<{ value: number }>(sql))[0]?.value ?? 0);
  };
  gauge('adapter_work_due', 'Work rows that are due', 'SELECT count(*)::int AS value FROM work WHERE due_at <= now()');
  gauge(
    'adapter_work_oldest_due_seconds',
    'How long the oldest due work row waits',
    'SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0)::float8 AS value FROM work WHERE due_at <= now()',
  );
  gauge('adapter_reads_waiting', 'Read jobs not finished', `SELECT count(*)::int AS value FROM read_jobs WHERE state = 'waiting'`);
  gauge(
    'adapter_deliveries_waiting',
    'Webhook deliveries not finished',
    `SELECT count(*)::int AS value FROM deliveries WHERE state = 'waiting'`,
  );
  gauge(
    'adapter_deliveries_unreadable',
    'Webhook deliveries kept aside',
    `SELECT count(*)::int AS value FROM deliveries WHERE state = 'unreadable'`,
  );
  gauge('adapter_connections_suspended', 'Suspended connections', 'SELECT count(suspended)::int AS value FROM connections');
  gauge(
    'adapter_budget_left',
    'Calls left in the window of the tightest credential',
    `SELECT coalesce(min(CASE WHEN window_start > now() THEN 0 WHEN window_start + window_ms * interval '1 ms' <= now() THEN requests
       ELSE greatest(0, requests - used) END), 0)::int AS value FROM budgets`,
  );
  return {
    calls: metrics.histogram('adapter_provider_call_seconds', 'Calls to the provider', ['method', 'status']),
    outcomes: metrics.counter('adapter_outcomes_total', 'What became of work', ['kind', 'outcome']),
    observations: metrics.counter('adapter_observations_total', 'Observations published', ['presence']),
  };
}
