import { z } from 'zod';

/** A number that goes up when an archive can no longer be read by what came before. */
export const archiveFormat = 1;

const count = z.number().int().nonnegative();

/** First entry of an archive: what it is, and for which migrations. */
export const archiveHead = z.object({
  format: z.literal(archiveFormat),
  createdAt: z.iso.datetime(),
  /** Name and checksum of each migration, in the order of running. */
  schemas: z.array(z.object({ schema: z.string(), migrations: z.array(z.string()) })),
});
export type ArchiveHead = z.infer<typeof archiveHead>;

/** Last entry: an archive without it was cut off, and what is missing would look like nothing. */
export const archiveEnd = z.object({ rows: z.record(z.string(), count) });
export type ArchiveEnd = z.infer<typeof archiveEnd>;

export const entryNames = { head: 'kontaktor.json', end: 'complete.json' } as const;

/** `registry.contacts/000001.copy`: rows of one table as `COPY` writes them, in pieces. */
export const pieceName = (table: string, piece: number): string => `${table}/${String(piece).padStart(6, '0')}.copy`;
export const tableOfPiece = (name: string): string | undefined => /^([a-z_]+\.[a-z_0-9]+)\/\d+\.copy$/.exec(name)?.[1];
