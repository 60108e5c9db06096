import { createMetrics } from './index';

describe('metrics', () => {
  it('a value that cannot be read is not known, never 0, and hides no other', async () => {
    const failed: string[] = [];
    const metrics = createMetrics('registry', (_error, name) => void failed.push(name));
    metrics.gauge('due_rows', 'Rows due', () => Promise.reject(new Error('database away')));
    metrics.gauges('lag', 'Lag', 'topic', () => Promise.reject(new Error('database away')));
    metrics.gauge('workers', 'Workers', () => 3);
    const text = await metrics.registry.metrics();
    expect(text).toContain('due_rows{service="registry"} Nan');
    expect(text).toContain('workers{service="registry"} 3');
    expect(text).not.toMatch(/^lag\{/m);
    expect(failed).toEqual(['due_rows', 'lag']);
  });

  it('gives one value for each label, of now', async () => {
    const metrics = createMetrics('registry');
    let lags = new Map([['link.changed', 2]]);
    metrics.gauges('lag', 'Lag', 'topic', () => Promise.resolve(lags));
    expect(await metrics.registry.metrics()).toContain('lag{topic="link.changed",service="registry"} 2');
    lags = new Map();
    expect(await metrics.registry.metrics()).not.toContain('link.changed');
  });
});
