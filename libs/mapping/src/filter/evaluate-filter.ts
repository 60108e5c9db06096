import type { LinkRules, LinkVersion, ProfileState } from '@kontaktor/domain';
import { evaluate } from './evaluate';
import { explainFalse } from './explain';
import type { FilterExpression } from './expression';
import { FilterView } from './filter-view';
import { parseFilter } from './parse-filter';

/** A link with a filter that cannot be read came past the check of control. Nothing may be decided with it: "no" would take everybody out. */
export class UnreadableFilter extends Error {
  constructor(link: LinkVersion, problem: string) {
    super(`The filter of the link "${link.name}" (version ${link.version}) cannot be read: ${problem}. Correct it in the link.`);
    this.name = 'UnreadableFilter';
  }
}

const compiled = new WeakMap<LinkVersion, FilterExpression>();

/** Whether the link's filter holds for a profile, and what was seen where it does not. @throws UnreadableFilter */
export function evaluateFilter(link: LinkVersion, profile: ProfileState): ReturnType<LinkRules['evaluateFilter']> {
  if (link.filter === undefined || link.filter.trim() === '') return undefined;
  const expression = compiledFilter(link, link.filter);
  const view = new FilterView(link, profile);
  const value = evaluate(expression, view);
  return { value, saw: value ? 'holds' : explainFalse(expression, view) };
}

function compiledFilter(link: LinkVersion, text: string): FilterExpression {
  const known = compiled.get(link);
  if (known !== undefined) return known;
  const parsed = parseFilter(text);
  if (!parsed.ok)
    throw new UnreadableFilter(link, parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`).join('; '));
  compiled.set(link, parsed.expression);
  return parsed.expression;
}
