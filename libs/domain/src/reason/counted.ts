/** A number with its noun in English: `1 removal`, `2 removals`, `1 person`, `2 people`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
