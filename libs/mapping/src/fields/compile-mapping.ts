import type { LinkVersion, MappingRule, NormaliserName } from '@kontaktor/domain';
import { readerOf, type Reader } from './source-view';

/** A mapping rule ready to run over many profiles. */
export interface CompiledRule {
  readonly to: string;
  readonly readers: readonly Reader[];
  readonly normalise: readonly NormaliserName[];
  readonly maxLength: number;
  /** Cut, the value would be another one: an address, a phone, a date. */
  readonly uncuttable: boolean;
  readonly onBlank: MappingRule['onBlank'];
}

const wholeOnly: readonly NormaliserName[] = ['phone', 'email', 'date'];
const compiled = new WeakMap<LinkVersion, readonly CompiledRule[]>();

/** The rules of a link version, compiled at the first use. */
export function compiledMapping(link: LinkVersion): readonly CompiledRule[] {
  const known = compiled.get(link);
  if (known !== undefined) return known;
  const rules = link.mapping.map(compile);
  compiled.set(link, rules);
  return rules;
}

function compile({ from, to, normalise = [], maxLength = Infinity, onBlank }: MappingRule): CompiledRule {
  const sources = typeof from === 'string' ? [from] : from;
  const uncuttable = normalise.some((name) => wholeOnly.includes(name));
  return { to, readers: sources.map(readerOf), normalise, maxLength, uncuttable, onBlank };
}
