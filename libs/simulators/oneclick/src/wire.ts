import type { Reply } from '@kontaktor/simulator-kit';
import type { Position } from './change-list';

export const failure = (status: number, code: string, message: string): Reply => ({ status, body: { error: { code, message } } });
export const invalid = (message: string): Reply => failure(422, 'invalid', message);

export function limitOf(query: URLSearchParams, most: number): number {
  const limit = Number(query.get('limit') ?? most);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, most) : most;
}

export const encodeCursor = ({ time, id }: Position): string => Buffer.from(`${time}|${id}`).toString('base64url');

export function decodeCursor(text: string): Position | undefined {
  const [, time, id] = /^(\d+)\|(\d+)$/.exec(Buffer.from(text, 'base64url').toString('utf8')) ?? [];
  return time === undefined || id === undefined ? undefined : { time: Number(time), id: Number(id) };
}

/** A time of the query in milliseconds, `undefined` when it is not given, NaN when it is no time. */
export function timeOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  // A plus in a query is a space by the rules of forms; clients send `+01:00` unencoded all the same.
  return text === null || text === '' ? undefined : Date.parse(text.replace(/ (\d\d:\d\d)$/, '+$1'));
}
