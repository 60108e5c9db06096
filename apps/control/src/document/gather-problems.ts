import type { Problem } from '../http/refusal';

/**
 * The problems of several looks at one document, sorted by place, each once. A place of which an earlier look has told something is told
 * of only by that look: what later ones find there comes of it.
 */
export function gatherProblems(looks: readonly (readonly Problem[])[]): Problem[] {
  const told = new Set<string>();
  const gathered = looks.flatMap((look) => {
    const news = look.filter(({ place }) => place === '' || !told.has(place));
    for (const { place } of news) told.add(place);
    return news;
  });
  const unique = new Map(gathered.map((one) => [JSON.stringify([one.place, one.problem]), one]));
  return [...unique.values()].sort((a, b) => inOrder.compare(a.place, b.place));
}

/** `mapping[2]` before `mapping[10]`. */
const inOrder = new Intl.Collator('en', { numeric: true });
