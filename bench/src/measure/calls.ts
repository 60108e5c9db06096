export type Calls = Readonly<Record<string, number>>;

/** What was called more often than before. */
export function callsSince(before: Calls, after: Calls): Calls {
  const more = Object.entries(after).map(([route, count]) => [route, count - (before[route] ?? 0)] as const);
  return Object.fromEntries(more.filter(([, count]) => count > 0));
}

export const totalOf = (calls: Calls): number => Object.values(calls).reduce((sum, count) => sum + count, 0);

/** Everything but reading. */
export const writesOf = (calls: Calls): number =>
  totalOf(Object.fromEntries(Object.entries(calls).filter(([route]) => !route.startsWith('GET '))));
