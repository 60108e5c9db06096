import { isMap, isNode, isScalar, isSeq, type Document, type LineCounter } from 'yaml';

const step = /\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([A-Za-z0-9_-]+)/g;

/** The keys of a place: `tags[1]` -> `tags`, `1`. */
export const stepsOf = (place: string): readonly string[] =>
  [...place.matchAll(step)].map(([, index, quoted, plain]) => index ?? quoted ?? plain ?? '');

/** Line and column of a place such as `links.newsletter.tags[1]`, or of what is nearest to it; where a key is missing, that of its group. */
export function locate(document: Document, lines: LineCounter, place: string): { readonly line: number; readonly col: number } {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of stepsOf(place)) {
    const next = below(node, key);
    if (next === undefined) break;
    offset = next.offset ?? offset;
    node = next.value;
  }
  return lines.linePos(offset);
}

function below(node: unknown, key: string): { readonly offset: number | undefined; readonly value: unknown } | undefined {
  if (isSeq(node)) {
    const item: unknown = node.items[Number(key)];
    return item === undefined ? undefined : { offset: startOf(item), value: item };
  }
  if (!isMap(node)) return undefined;
  // Of a key that is written twice the last one holds.
  const pair = [...node.items].reverse().find((one) => isScalar(one.key) && String(one.key.value) === key);
  return pair === undefined ? undefined : { offset: startOf(pair.key), value: pair.value };
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
