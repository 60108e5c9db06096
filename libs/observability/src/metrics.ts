import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Prometheus metrics of one service. */
export interface Metrics {
  readonly registry: Registry;
  counter(name: string, help: string, labels?: readonly string[]): Counter;
  /** @param read asked at each scrape */
  gauge(name: string, help: string, read: () => Promise<number> | number): Gauge;
  /** Of seconds. */
  histogram(name: string, help: string, labels?: readonly string[]): Histogram;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    counter: (name, help, labels = []) => new Counter({ name, help, labelNames: [...labels], registers: [registry] }),
    histogram: (name, help, labels = []) => new Histogram({ name, help, labelNames: [...labels], buckets: seconds, registers: [registry] }),
    gauge: (name, help, read) =>
      new Gauge({
        ...{ name, help, registers: [registry] },
        async collect() {
          this.set(await read());
        },
      }),
  };
}
