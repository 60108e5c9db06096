import { allTopics } from './index';

describe('topic contracts', () => {
  it.each(allTopics.map((topic) => [topic.name, topic] as const))('[F17] every committed example of %s stays readable', (_name, topic) => {
    expect(topic.examples.length).toBeGreaterThan(0);
    for (const example of topic.examples) expect(topic.schema.parse(example)).toEqual(example);
  });

  it('[F16] every message key begins with the workspace', () => {
    const keyOf = (topic: { key(event: never): string; examples: readonly unknown[] }): string => topic.key(topic.examples[0] as never);
    for (const topic of allTopics) expect(keyOf(topic)).toMatch(/^main\//);
  });

  it('topic names are unique', () => {
    expect(new Set(allTopics.map(({ name }) => name)).size).toBe(allTopics.length);
  });
});
