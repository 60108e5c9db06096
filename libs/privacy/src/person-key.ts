import { createHmac, hkdfSync } from 'node:crypto';
import { providerKey, seal, unseal, type SealingKey } from '@kontaktor/config';
import type { ErasedPerson } from '@kontaktor/contracts';

/**
 * The key by which erased people are recognised without being named, and with which orders about them are sealed. Derived from the master key:
 * whoever has the tables or a backup alone cannot try addresses against the hashes.
 */
export class PersonKey {
  /** Names the key; hashes of another key match nobody. */
  readonly id: string;
  private readonly hashing: Buffer;
  private readonly sealing: SealingKey;

  constructor(master: SealingKey) {
    this.hashing = Buffer.from(hkdfSync('sha256', master.bytes, 'kontaktor', 'people:hash', 32));
    this.sealing = providerKey(master, 'people:sealed');
    this.id = this.sealing.id;
  }

  /** @param address normalised */
  ofAddress = (workspaceId: string, address: string): string => this.hash(['address', workspaceId, address]);

  ofRecord = (workspaceId: string, connectionId: string, remoteId: string): string =>
    this.hash(['record', workspaceId, connectionId, remoteId]);

  hashesOf(workspaceId: string, { addresses, records }: ErasedPerson): string[] {
    return [
      ...addresses.map((address) => this.ofAddress(workspaceId, address)),
      ...records.map(({ connectionId, remoteId }) => this.ofRecord(workspaceId, connectionId, remoteId)),
    ];
  }

  /** @param context what it belongs to (workspace, erasure): moved elsewhere it cannot be opened */
  seal = (text: string, context: string): string => seal(this.sealing, text, context);

  /** @throws when it was sealed with another key, or for another context */
  open = (sealed: string, context: string): string => unseal(this.sealing, sealed, context);

  private hash(parts: readonly string[]): string {
    return createHmac('sha256', this.hashing).update(JSON.stringify(parts)).digest('hex');
  }
}
