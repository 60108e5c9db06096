const mayHoldUnstorable = /\\u(?:0000|d[89a-f])/i;

/**
 * Parses what a provider sent into values that a database can keep: NULs are left out of its texts and names, and half of a surrogate pair
 * becomes the replacement character, because Postgres stores neither. One such character must not keep a contact from travelling.
 * @throws SyntaxError when it is not JSON
 */
export function parseJson(text: string): unknown {
  return mayHoldUnstorable.test(text) ? JSON.parse(text, (_name, value: unknown) => storable(value)) : JSON.parse(text);
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  const isClean = entries.every(([name]) => storableText(name) === name);
  return isClean ? value : Object.fromEntries(entries.map(([name, one]) => [storableText(name), one]));
}

const storableText = (text: string): string => text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\ufffd');
