export interface Person {
  id: number;
  first_name: string;
  last_name: string;
  position: string;
  deleted: boolean;
}

export interface RecordRow {
  id: number;
  type: string;
  value?: string;
  label?: string;
  street?: string;
  city?: string;
  zip?: string;
  country?: string;
  person_id: number | null;
  primary?: boolean;
  deleted: boolean;
  tags: string[];
}

export interface Contact {
  id: number;
  name: string;
  ic: string;
  dic: string;
  note: string;
  deleted: boolean;
  deleted_at: string | null;
  merged_into: number | null;
  tags: string[];
  authorized_users: string[];
  persons: Person[];
  records: RecordRow[];
  created_at: string;
  changed_at: string;
}

export interface DiaryEntry {
  id: number;
  contact_id: number;
  external_id: string | null;
  kind: string;
  at: string;
  text: string;
  person_id: number | null;
  record_id: number | null;
  author: string;
}

export interface MarkRow {
  record_id: number;
  system: string;
  at: string;
  what: string;
}

/** Everything one tenant of 1CLICK holds. */
export interface OneclickAccount {
  token: string;
  tenant: string;
  user: string;
  tags: { name: string; scope: 'contact' | 'record' | 'both'; for_email: boolean }[];
  recordTypes: { key: string; label: string; holds: 'person' | 'email' | 'phone' | 'address' | 'text' }[];
  contacts: Contact[];
  diary: DiaryEntry[];
  marks: MarkRow[];
  nextId: number;
}

const pragueOffset = (at: Date): string => {
  const name = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Prague', timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName');
  return name?.value.replace('GMT', '') || '+00:00';
};

/** ISO 8601 in the company's zone, to the second, as 1CLICK writes times. */
export function pragueTime(at: Date): string {
  const offset = pragueOffset(at);
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  const local = new Date(at.getTime() + (offset.startsWith('-') ? -1 : 1) * minutes * 60_000);
  return `${local.toISOString().slice(0, 19)}${offset}`;
}
