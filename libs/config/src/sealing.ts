import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A 256-bit key with the short id by which sealed texts name it, so that keys can be rotated. */
export interface SealingKey {
  readonly id: string;
  readonly bytes: Buffer;
}

const keyOf = (bytes: Buffer): SealingKey => ({ id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes });

/** `text` is 64 hex digits. */
export function masterKeyFrom(text: string): SealingKey {
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new Error('KONTAKTOR_MASTER_KEY must be 64 hexadecimal digits (256 bits); make one with `openssl rand -hex 32`.');
  return keyOf(Buffer.from(text, 'hex'));
}

/** The master key kept in `file` (mode 0600), made on first use. */
export const loadOrCreateMasterKey = (file: string): Promise<string> => loadOrCreate(file, () => randomBytes(32).toString('hex'));

/** A secret of 192 bits kept in `file` (mode 0600), made on first use. */
export const loadOrCreateSecret = (file: string): Promise<string> => loadOrCreate(file, newSecret);

async function loadOrCreate(file: string, make: () => string): Promise<string> {
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const text = make();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  return text;
}

/** The key with which secrets for one provider's service are sealed: no other adapter can open them. */
export function providerKey(master: SealingKey, provider: string): SealingKey {
  return keyOf(Buffer.from(hkdfSync('sha256', master.bytes, 'kontaktor', `provider:${provider}`, 32)));
}

/** AES-256-GCM. `context` (workspace, connection, version) is bound to the text: moved elsewhere it cannot be opened. */
export function seal(key: SealingKey, plaintext: string, context: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return ['v1', key.id, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.');
}

/** @throws when it was sealed with another key, for another context, or was tampered with. */
export function unseal(key: SealingKey, text: string, context: string): string {
  const [version, id, ...parts] = text.split('.');
  const [iv, tag, sealed] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (version !== 'v1' || iv === undefined || tag === undefined || sealed === undefined) throw new Error('This is not a sealed text.');
  if (id !== key.id)
    throw new Error(`The text was sealed with key ${id}, this service has key ${key.id}: do all services share KONTAKTOR_MASTER_KEY?`);
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, iv).setAAD(Buffer.from(context)).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
}

/** URL-safe secret of 192 bits. */
export const newSecret = (): string => randomBytes(24).toString('base64url');
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

export function constantTimeEquals(a: string, b: string): boolean {
  const [left, right] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()];
  return timingSafeEqual(left, right);
}
