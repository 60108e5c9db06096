import type { Reply } from '@kontaktor/simulator-kit';

export const failure = (status: number, code: string, message: string): Reply => ({ status, body: { error: { code, message } } });

export function limitOf(query: URLSearchParams, most: number): number {
  const limit = Number(query.get('limit') ?? most);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, most) : most;
}

interface Cursor {
  readonly at: string;
  readonly id: number;
}

export const encodeCursor = ({ at, id }: Cursor): string => Buffer.from(`${at}|${id}`).toString('base64url');

export function decodeCursor(text: string): Cursor | undefined {
  const [at, id] = Buffer.from(text, 'base64url').toString('utf8').split('|');
  return at === undefined || id === undefined || Number.isNaN(Date.parse(at)) ? undefined : { at, id: Number(id) };
}
