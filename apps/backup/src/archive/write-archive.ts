import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { entryNames, pieceName, type ArchiveEnd, type ArchiveHead } from './manifest';

/** Rows of one table, as bytes. */
export interface TableBytes {
  /** `schema.table` */
  readonly table: string;
  readonly bytes: AsyncIterable<Buffer>;
  /** How many rows there were; known when all bytes were read. */
  readonly rows: () => number;
}

/** A piece has its length before it, so it is held in memory. */
const pieceBytes = 4 * 1024 * 1024;

/** Writes an archive that is there whole or not at all, readable by its owner only. */
export async function writeArchive(file: string, head: ArchiveHead, tables: AsyncIterable<TableBytes>): Promise<ArchiveEnd> {
  const unfinished = `${file}.unfinished`;
  const tar = pack();
  const written = pipeline(tar, createGzip({ level: 6 }), createWriteStream(unfinished, { mode: 0o600 }));
  // The pipeline's failure is the one to tell; without this, it would be told as unhandled while entries are still added.
  written.catch(() => undefined);
  try {
    const end = await Promise.race([
      addEntries(tar, head, tables),
      written.then(() => Promise.reject(new Error('the archive ended early'))),
    ]);
    await written;
    await rename(unfinished, file);
    return end;
  } catch (error) {
    tar.destroy();
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function addEntries(tar: Pack, head: ArchiveHead, tables: AsyncIterable<TableBytes>): Promise<ArchiveEnd> {
  await add(tar, entryNames.head, Buffer.from(JSON.stringify(head, null, 2)));
  const rows: Record<string, number> = {};
  for await (const one of tables) {
    let piece = 0;
    for await (const bytes of inPieces(one.bytes)) await add(tar, pieceName(one.table, (piece += 1)), bytes);
    rows[one.table] = one.rows();
  }
  await add(tar, entryNames.end, Buffer.from(JSON.stringify({ rows })));
  tar.finalize();
  return { rows };
}

async function* inPieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    held.push(chunk);
    size += chunk.length;
    if (size < pieceBytes) continue;
    yield Buffer.concat(held);
    [held, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(held);
}

/** Resolves when the bytes are on their way to the file: no more than one piece is held. */
function add(tar: Pack, name: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const entry = tar.entry({ name, size: bytes.length }, (error) => (error ? reject(error) : resolve()));
    entry.end(bytes);
  });
}
