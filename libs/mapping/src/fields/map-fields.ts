import type { Desire, FieldValue, LinkVersion, ProfileState } from '@kontaktor/domain';
import { normalise } from '../normalise/normalisers';
import { cutText } from '../value/cut-text';
import { compiledMapping, type CompiledRule } from './compile-mapping';
import { firstUsable, SourceView, type Readable } from './source-view';

interface Mapped {
  readonly fields: Desire['fields'];
  /** Values that were cut, dropped or are placeholders: the field and what is wrong, never the value. */
  readonly notices: readonly string[];
}

/**
 * The destination's fields as a link wants them for a profile. A field is absent from the result when the source says nothing about it, when it is
 * blank and the rule skips blanks, or when its value cannot be read; it is `null` when it is blank and the rule clears.
 */
export function mapFields(link: LinkVersion, profile: ProfileState): Mapped {
  const view = new SourceView(link, profile, true);
  const fields: Record<string, FieldValue> = {};
  for (const rule of compiledMapping(link)) {
    const value = valueFor(rule, view);
    if (value !== undefined) fields[rule.to] = value;
  }
  return { fields, notices: view.notices };
}

function valueFor(rule: CompiledRule, view: SourceView): Readable {
  const value = firstUsable(rule.readers, (read) => read(view));
  if (value === undefined) return undefined;
  const finished = value === null ? null : finish(value, rule, view.notices);
  return finished === null && rule.onBlank === 'skip' ? undefined : finished;
}

/** Normalised and cut; `undefined` (with a notice) for what cannot be read, `null` when nothing is left. */
function finish(value: NonNullable<Readable>, rule: CompiledRule, notices: string[]): Readable {
  if (typeof value !== 'string' && !rule.uncuttable) return value;
  const normalised = normalise(String(value), rule.normalise);
  if (typeof normalised !== 'string') {
    notices.push(`${rule.to}: the value ${normalised.unreadable}; it was left out`);
    return undefined;
  }
  if (normalised.trim() === '') return null;
  const cut = cutText(normalised, rule.maxLength);
  if (cut === undefined) return normalised;
  if (rule.uncuttable) {
    notices.push(`${rule.to}: the value is longer than ${rule.maxLength} characters and would mean something else if cut; it was left out`);
    return undefined;
  }
  notices.push(`${rule.to}: the value was cut to ${rule.maxLength} characters`);
  return cut;
}
