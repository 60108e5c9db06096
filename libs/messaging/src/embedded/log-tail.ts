import type { ReceivedParcel } from '../transport';

/** Characters of all bodies together; what comes beyond is fetched when its turn comes. */
const mostCharacters = 8 * 1024 * 1024;

interface Partition {
  readonly parcels: Map<number, ReceivedParcel>;
  /** Where each group in this process goes on. */
  readonly groups: Map<string, number>;
  /** Nothing before it is kept. */
  first: number;
  /** After the last parcel that this process appended. */
  end: number;
  characters: number;
}

/** What this process appended and one of its own groups has yet to read: it need not be fetched from the database. */
export class LogTail {
  private readonly partitions = new Map<string, Partition>();
  private characters = 0;

  /** Committed parcels, in whichever order the commits became known. */
  add(parcels: readonly ReceivedParcel[]): void {
    for (const parcel of parcels) {
      const partition = this.partitionOf(parcel.topic, parcel.partition);
      const position = Number(parcel.offset);
      partition.end = Math.max(partition.end, position + 1);
      if (position < firstUnread(partition) || this.characters + parcel.body.length > mostCharacters) continue;
      partition.parcels.set(position, parcel);
      partition.characters += parcel.body.length;
      this.characters += parcel.body.length;
    }
  }

  /** Parcels from `position` on, as many as follow each other without a gap; none when the one there has to be fetched. */
  from(topic: string, partition: number, position: number, most: number): ReceivedParcel[] {
    const { parcels } = this.partitionOf(topic, partition);
    const found: ReceivedParcel[] = [];
    for (let parcel = parcels.get(position); parcel !== undefined && found.length < most; parcel = parcels.get(position + found.length))
      found.push(parcel);
    return found;
  }

  /** After the last parcel that this process appended to the partition. */
  end(topic: string, partition: number): number {
    return this.partitionOf(topic, partition).end;
  }

  /** Characters of a topic that are kept because somebody has yet to read them. */
  unread(topic: string): number {
    let sum = 0;
    for (const [place, { characters }] of this.partitions) if (place.startsWith(`${topic} `)) sum += characters;
    return sum;
  }

  /** A group has read everything before `position`. */
  passed(group: string, topic: string, number: number, position: number): void {
    const partition = this.partitionOf(topic, number);
    partition.groups.set(group, position);
    this.dropRead(partition);
  }

  /** A group reads a topic no longer. */
  leave(group: string, topic: string): void {
    for (const [place, partition] of this.partitions) {
      if (!place.startsWith(`${topic} `) || !partition.groups.delete(group)) continue;
      this.dropRead(partition);
    }
  }

  private dropRead(partition: Partition): void {
    const unread = Math.min(firstUnread(partition), partition.end);
    if (partition.parcels.size === 0) partition.first = Math.max(partition.first, unread);
    for (; partition.first < unread; partition.first += 1) {
      const characters = partition.parcels.get(partition.first)?.body.length ?? 0;
      partition.characters -= characters;
      this.characters -= characters;
      partition.parcels.delete(partition.first);
    }
  }

  private partitionOf(topic: string, number: number): Partition {
    const place = `${topic} ${number}`;
    const known = this.partitions.get(place);
    if (known !== undefined) return known;
    const partition = { parcels: new Map<number, ReceivedParcel>(), groups: new Map<string, number>(), first: 0, end: 0, characters: 0 };
    this.partitions.set(place, partition);
    return partition;
  }
}

/** Where the slowest group goes on; without groups nothing is ever read. */
const firstUnread = ({ groups }: Partition): number => Math.min(Infinity, ...groups.values());
