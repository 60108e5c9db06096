import { contactObserved, createEvent, type ContactObserved, type EventOf } from '@kontaktor/contracts';
import { moment } from './fake-clock';

type Record = NonNullable<ContactObserved['record']>;
type Slot = Record['slots'][number];

export interface CrmRecord {
  readonly fields?: Record['fields'];
  readonly tags?: readonly string[];
  readonly slots?: readonly (Partial<Slot> & { readonly key: string; readonly address: string })[];
  readonly presence?: 'present' | 'removed';
  readonly group?: string;
  readonly changedAt?: string;
}

/** A source as an adapter sees it: tells what differs from what it told last. */
export class FakeCrm {
  readonly records = new Map<string, CrmRecord>();
  /** Every address that was ever told of a record. */
  readonly everTold = new Map<string, Set<string>>();
  private readonly told = new Map<string, string>();
  private readonly group = new Map<string, string>();

  constructor(
    private readonly workspaceId: string,
    readonly connectionId = 'crm',
  ) {}

  put(remoteId: string, record: CrmRecord): void {
    this.records.set(remoteId, record);
  }

  /** Changes a record that is there. */
  edit(remoteId: string, change: Partial<CrmRecord>): void {
    this.put(remoteId, { ...this.records.get(remoteId), ...change });
  }

  /** A person with one mail record, `record/<id>`. */
  person(id: string | number, address: string, more: CrmRecord = {}): void {
    const slots = [{ key: `record/${id}`, address }];
    this.put(`person/${id}`, { fields: { firstName: 'Jan' }, tags: ['newsletter'], slots, ...more });
  }

  remove(remoteId: string): void {
    this.records.delete(remoteId);
  }

  /** Observations of all that differs from what was told, or of the named records whatever they are. */
  observe({ readId, resend }: { readonly readId?: string; readonly resend?: readonly string[] } = {}): EventOf<ContactObserved>[] {
    const readAt = moment();
    const ids = resend ?? [...new Set([...this.records.keys(), ...this.told.keys()])];
    return ids.flatMap((remoteId) => {
      const record = this.records.get(remoteId);
      const text = record === undefined ? undefined : JSON.stringify(record);
      if (resend === undefined && this.told.get(remoteId) === text) return [];
      if (text === undefined) this.told.delete(remoteId);
      else this.told.set(remoteId, text);
      return [this.observation(remoteId, record, readAt, readId)];
    });
  }

  observation(remoteId: string, record: CrmRecord | undefined, readAt: string, readId?: string): EventOf<ContactObserved> {
    const group = record?.group ?? this.group.get(remoteId);
    if (group !== undefined) this.group.set(remoteId, group);
    const addresses = [...(this.everTold.get(remoteId) ?? []), ...(record?.slots ?? []).map(({ address }) => address)];
    this.everTold.set(remoteId, new Set(addresses));
    return createEvent(
      contactObserved,
      { workspaceId: this.workspaceId },
      {
        ...{ connectionId: this.connectionId, remoteId, part: '', readAt, covers: ['firstName', 'lastName', 'tags', 'slots'] },
        ...(group === undefined ? {} : { group }),
        ...(readId === undefined ? {} : { readId }),
        ...(record === undefined ? { presence: 'gone' } : { presence: record.presence ?? 'present', record: toRecord(record) }),
      },
    );
  }
}

function toRecord({ fields = {}, tags = [], slots = [], changedAt }: CrmRecord): Record {
  return {
    ...{ kind: 'person', fields, tags: [...tags], places: {} },
    slots: slots.map(({ type = 'email', tags: own = [], primary = false, ...slot }) => ({ ...slot, type, tags: own, primary })),
    ...(changedAt === undefined ? {} : { changedAt }),
  };
}
