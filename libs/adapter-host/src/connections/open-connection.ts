import { HttpClient, credentialsRejected, type AdapterContext } from '@kontaktor/adapter-kit';
import { sha256Hex, unseal } from '@kontaktor/config';
import type { Host } from '../host';
import { RateBudget } from './rate-budget';

export interface ConnectionRow {
  readonly workspace_id: string;
  readonly connection_id: string;
  readonly connection_version: number;
  readonly settings: Record<string, unknown>;
  readonly sealed_secrets: string;
}

export interface OpenConnection {
  readonly context: AdapterContext<{ readonly baseUrl: string }>;
  /** Calls made since it was opened. */
  calls(): number;
}

/** Open connections of this process, one client a version; a changed connection is opened anew. */
export class Connections {
  private readonly open = new Map<string, { readonly version: number; readonly connection: OpenConnection; readonly http: HttpClient }>();

  constructor(private readonly host: Host) {}

  get(row: ConnectionRow): OpenConnection {
    const key = `${row.workspace_id}/${row.connection_id}`;
    const found = this.open.get(key);
    if (found?.version === row.connection_version) return found.connection;
    void found?.http.close();
    const secrets: unknown = JSON.parse(unseal(this.host.key, row.sealed_secrets, `${key}/${row.connection_version}`));
    const made = this.connect({ ...row.settings, ...(typeof secrets === 'object' ? secrets : {}) });
    this.open.set(key, { version: row.connection_version, ...made });
    return made.connection;
  }

  /** @throws AdapterError when the settings are not valid */
  connect(raw: Record<string, unknown>): { readonly connection: OpenConnection; readonly http: HttpClient } {
    const { adapter, allowPrivate } = this.host;
    const parsed = adapter.settings.safeParse(raw);
    if (!parsed.success)
      throw credentialsRejected(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
    const settings = parsed.data;
    const secrets = Object.fromEntries(adapter.secrets.map((name) => [name, String(Reflect.get(settings, name) ?? '')]));
    const budget = new RateBudget(this.host.database, sha256Hex(`${settings.baseUrl} ${JSON.stringify(secrets)}`), adapter.limits);
    let calls = 0;
    const http = new HttpClient({
      ...{ baseUrl: settings.baseUrl, headers: adapter.credentials(settings), parallel: adapter.limits.parallel, allowPrivate },
      beforeCall: async () => {
        await budget.take();
        calls += 1;
      },
    });
    return { http, connection: { context: { settings, http }, calls: () => calls } };
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map(({ http }) => http.close()));
  }
}
