import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { allTopics } from './all-topics';

const folder = join(__dirname, '../examples');
const committed = (topic: string): readonly unknown[] =>
  z.array(z.unknown()).parse(JSON.parse(readFileSync(join(folder, `${topic}.json`), 'utf8')));

describe('examples of topics', () => {
  it.each(allTopics.map((topic) => [topic.name, topic] as const))(
    '[F17] every example of %s ever committed stays readable',
    (name, topic) => {
      const examples = committed(name);
      // `npm run docs:api` adds the present one; those of before stay.
      expect(examples).toContainEqual(topic.examples[0]);
      for (const example of examples) expect(topic.schema.safeParse(example).error?.issues ?? []).toEqual([]);
    },
  );

  it('[F17] stay when their topic is no longer there', () => {
    const known = new Set(allTopics.map(({ name }) => `${name}.json`));
    expect(readdirSync(folder).filter((file) => !known.has(file))).toEqual([]);
  });
});
