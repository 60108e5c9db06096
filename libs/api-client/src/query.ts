export type Query = Readonly<Record<string, string | number | undefined>>;

/** The query of a path; what is not given is left out. */
export function queryOf(values: Query): string {
  const given = Object.entries(values).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  if (given.length === 0) return '';
  return `?${new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)]))).toString()}`;
}
