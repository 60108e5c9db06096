import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { keysOf } from '../../test/schema-keys';
import { configurationDocument } from './document';
import { parseDocument } from './parse-document';

const root = join(__dirname, '../../../..');
const rows = readFileSync(join(root, 'docs/configuration.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const documented = new Map(rows.map(([, key = '', fallback = '']) => [key.replaceAll('`', ''), fallback]));
const known = keysOf(configurationDocument);

describe('docs/configuration.md', () => {
  it('[F15] tells every key of the schema, and no other', () => {
    expect([...documented.keys()].sort()).toEqual([...known.keys()].sort());
    expect(rows.filter(([, , , meaning, example]) => !meaning || !example)).toEqual([]);
  });

  it('[F15] tells the defaults that hold', () => {
    const simple = [...known].filter(([key, fallback]) => fallback !== 'not given' && key !== 'links.<id>.schedule');
    const told = simple.map(([key]) => [key, documented.get(key)?.replaceAll('`', '')]);
    expect(told).toEqual(simple.map(([key, fallback]) => [key, fallback]));
  });

  it('[F15] every example in a cell is YAML', () => {
    for (const [, , , , example = ''] of rows) expect(parse(example.replace(/^`|`$/g, ''))).toBeInstanceOf(Object);
  });

  it('[A1] [A4] the example for 1CLICK and Ecomail has the right shape', () => {
    const { problems, links } = parseDocument(parse(readFileSync(join(root, 'examples/1click-ecomail.yaml'), 'utf8')));
    expect([problems, links.size]).toEqual([[], 1]);
  });
});
