/**
 * The text of a Postgres array of these values (`{"a",NULL}`). The driver would look into each element for what it is and escape whether it has
 * to or not, which costs as much as the insert.
 */
export function arrayText(values: readonly unknown[]): string {
  let text = '{';
  for (const [index, value] of values.entries()) text += index === 0 ? elementText(value) : `,${elementText(value)}`;
  return `${text}}`;
}

function elementText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return quoted(value);
  if (value instanceof Date) return quoted(value.toISOString());
  if (Array.isArray(value)) return quoted(arrayText(value));
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`A set of rows has a value that is no text, number, time, yes or no, nor a list of them: ${typeof value}.`);
}

const special = /["\\]/;

const quoted = (text: string): string => (special.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`);
