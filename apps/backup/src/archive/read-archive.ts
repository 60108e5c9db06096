import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import type { z } from 'zod';
import { archiveEnd, archiveHead, entryNames, tableOfPiece, type ArchiveEnd, type ArchiveHead } from './manifest';
import { BackupRefused } from '../backup-refused';

/** What an archive tells, entry by entry: first the head, then pieces of rows, last the end. */
export type ArchivePart =
  | { readonly kind: 'head'; readonly head: ArchiveHead }
  | { readonly kind: 'piece'; readonly table: string; readonly bytes: Buffer }
  | { readonly kind: 'end'; readonly end: ArchiveEnd };

/**
 * Reads an archive as a stream; no more than one piece is held.
 * @throws BackupRefused where it is no archive of ours, was made by another format, or was cut off
 */
export async function* readArchive(file: string): AsyncGenerator<ArchivePart> {
  let last: ArchivePart | undefined;
  const [bytes, entries] = [createReadStream(file), extract()];
  // Whatever ends first takes the others with it; what went wrong is thrown by the loop.
  void pipeline(bytes, createGunzip(), entries).catch((error: Error) => entries.destroy(error));
  try {
    for await (const entry of entries) {
      last = partOf(entry.header.name, await buffer(entry), file, last === undefined);
      yield last;
    }
  } catch (error) {
    if (error instanceof BackupRefused) throw error;
    throw new BackupRefused(`${file} cannot be read as a backup: ${error instanceof Error ? error.message : String(error)}.`);
  } finally {
    bytes.destroy();
  }
  if (last?.kind !== 'end') throw new BackupRefused(`${file} was cut off: its end is missing. Nothing was restored.`);
}

function partOf(name: string, bytes: Buffer, file: string, isFirst: boolean): ArchivePart {
  if (isFirst !== (name === entryNames.head)) throw new BackupRefused(`${file} is no backup of Kontaktor.`);
  if (name === entryNames.head) return { kind: 'head', head: understood(archiveHead, bytes, file) };
  if (name === entryNames.end) return { kind: 'end', end: understood(archiveEnd, bytes, file) };
  const table = tableOfPiece(name);
  if (table === undefined) throw new BackupRefused(`${file} holds something unknown: ${name}. It was made by a newer Kontaktor.`);
  return { kind: 'piece', table, bytes };
}

function understood<Schema extends z.ZodType>(schema: Schema, bytes: Buffer, file: string): z.infer<Schema> {
  const parsed = schema.safeParse(JSON.parse(bytes.toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new BackupRefused(`${file} was made by another version of Kontaktor, or is no backup of it.`);
}
