/** The database's clock as adapters tell it: never the same moment twice, so that before and after are always told apart. */
let last = 0;

export function moment(): string {
  last = Math.max(last + 1, Date.now());
  return new Date(last).toISOString();
}
