import { normaliseDate } from '../normalise/normalise-date';
import type { Scalar } from '../value/usable-value';
import type { Comparison, Literal } from './expression';
import { foldText, orderOfTexts } from './fold-text';

/** Whether a value that is not blank stands so to a literal. A value that cannot be read as the literal's kind stands so to none. */
export function compares(value: Scalar, comparison: Exclude<Comparison, '!='>, literal: Literal): boolean {
  if (literal.kind === 'text') return textCompares(foldText(String(value)), comparison, literal.folded);
  const order = orderTo(value, literal);
  return order !== undefined && holds(order, comparison);
}

function textCompares(text: string, comparison: Exclude<Comparison, '!='>, wanted: string): boolean {
  switch (comparison) {
    case '=':
      return text === wanted;
    case 'contains':
      return text.includes(wanted);
    case 'starts with':
      return text.startsWith(wanted);
    case 'ends with':
      return text.endsWith(wanted);
    default:
      return holds(orderOfTexts(text, wanted), comparison);
  }
}

function holds(order: number, comparison: Exclude<Comparison, '!='>): boolean {
  if (order === 0) return comparison === '=' || comparison === '<=' || comparison === '>=';
  return order < 0 ? comparison === '<' || comparison === '<=' : comparison === '>' || comparison === '>=';
}

/** Negative, zero or positive as the value is less, equal or more; `undefined` when it is not of that kind. */
function orderTo(value: Scalar, literal: Exclude<Literal, { kind: 'text' }>): number | undefined {
  switch (literal.kind) {
    case 'number': {
      const number = numberOf(value);
      return number === undefined ? undefined : number - literal.number;
    }
    case 'date': {
      const day = normaliseDate(String(value));
      if (typeof day !== 'string') return undefined;
      return day < literal.day ? -1 : Number(day > literal.day);
    }
    case 'boolean': {
      const boolean = booleanOf(value);
      return boolean === undefined ? undefined : Number(boolean) - Number(literal.boolean);
    }
  }
}

const written = /^[+-]?\d+(?:[.,]\d+)?$/;

/** Numbers as Czechs write them too: `1 234,50`. */
function numberOf(value: Scalar): number | undefined {
  if (typeof value !== 'string') return typeof value === 'number' ? value : undefined;
  const plain = value.replace(/\s/g, '');
  return written.test(plain) ? Number(plain.replace(',', '.')) : undefined;
}

const yes = ['true', 'yes', 'ano', '1'];
const no = ['false', 'no', 'ne', '0'];

function booleanOf(value: Scalar): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = foldText(String(value));
  if (yes.includes(text)) return true;
  return no.includes(text) ? false : undefined;
}
