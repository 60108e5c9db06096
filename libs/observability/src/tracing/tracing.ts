import type { Attributes } from '@opentelemetry/api';

/** A piece of work as a trace shows it. Attributes hold ids and counts of ours, never people's data, secrets or whole URLs. */
export interface SpanSettings {
  readonly name: string;
  readonly kind?: 'server' | 'client' | 'consumer' | 'internal';
  readonly attributes?: Attributes;
  /** `traceparent`s of what this work follows from; absent: what is active here. */
  readonly causes?: readonly (string | null | undefined)[];
  /** When it began; absent: now. */
  readonly startedAt?: Date;
}

/** Learns what becomes known only while the work is done. */
export type Tell = (attributes: Attributes) => void;

/** Traces of one service. */
export interface Tracing {
  readonly isOn: boolean;
  /** Does the work as a span; spans in it, and the events it leaves in an outbox, are its children. An error marks it as failed, by its name. */
  span<T>(settings: SpanSettings, work: (tell: Tell) => Promise<T>): Promise<T>;
  /** Does the work as part of what a kept `traceparent` names, without a span of its own. */
  within<T>(traceparent: string | null, work: () => Promise<T>): Promise<T>;
  /** Sends what is still held. */
  stop(): Promise<void>;
}

/** Nothing is traced and nothing is made. */
export const noTracing: Tracing = {
  isOn: false,
  span: (_settings, work) => work(() => undefined),
  within: (_traceparent, work) => work(),
  stop: () => Promise.resolve(),
};
