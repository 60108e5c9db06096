const plain = /^[A-Za-z0-9_-]+$/;

/** `links.newsletter.tags[1]`; keys with other signs are quoted. */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, step) => {
    if (typeof step === 'number') return `${place}[${step}]`;
    const key = String(step);
    if (!plain.test(key)) return `${place}[${JSON.stringify(key)}]`;
    return place === '' ? key : `${place}.${key}`;
  }, '');
}
