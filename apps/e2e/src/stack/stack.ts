import type { Pool } from 'pg';
import type { Api } from './api';

/** A whole Kontaktor, however it runs. */
export interface Stack {
  readonly api: Api;
  readonly url: string;
  readonly webhookUrl: string;
  /** Of the one database with a schema for each service. */
  readonly database: Pool;
  /** Resolves when everything that was on the wire at the time of the call has been read by everyone who reads it. */
  wireRead(): Promise<void>;
  stop(): Promise<void>;
}

export const adminToken = 'token-of-the-journeys-with-32-characters';

/** Providers whose adapters the stack runs. */
export const adapters = ['oneclick', 'ecomail'];

/** Live sources, and what is watched for alerts, are looked at more often than the product does; calls are given up sooner than after 30 s. */
export const briskly = { KONTAKTOR_POLL: '0.5', KONTAKTOR_CALL_TIMEOUT: '2', KONTAKTOR_WATCH: '2', LOG_LEVEL: 'warn' };
