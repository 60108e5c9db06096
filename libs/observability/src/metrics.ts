import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Prometheus metrics of one service. */
export interface Metrics {
  readonly registry: Registry;
  counter(name: string, help: string, labels?: readonly string[]): Counter;
  /** @param read asked at each scrape; when it fails the value is NaN: not known, never 0 */
  gauge(name: string, help: string, read: () => Promise<number> | number): Gauge;
  /** One value for each `label`. @param read asked at each scrape; when it fails there is no value */
  gauges(name: string, help: string, label: string, read: () => Promise<ReadonlyMap<string, number>>): Gauge;
  /** Of seconds. */
  histogram(name: string, help: string, labels?: readonly string[]): Histogram;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** A registry of its own, so that services in one process do not mix. @param onError told when a gauge cannot be read */
export function createMetrics(service: string, onError: (error: unknown, metric: string) => void = () => undefined): Metrics {
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
          try {
            this.set(await read());
          } catch (error) {
            onError(error, name);
            this.set(NaN);
          }
        },
      }),
    gauges: (name, help, label, read) =>
      new Gauge({
        ...{ name, help, labelNames: [label], registers: [registry] },
        async collect() {
          this.reset();
          try {
            for (const [value, count] of await read()) this.set({ [label]: value }, count);
          } catch (error) {
            onError(error, name);
          }
        },
      }),
  };
}
