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

export type TagScope = 'contact' | 'record' | 'both';

/** Everything one tenant of 1CLICK holds. Diary entries stand in the order they were written. */
export interface OneclickAccount {
  token: string;
  tenant: string;
  user: string;
  tags: { name: string; scope: TagScope; for_email: boolean }[];
  recordTypes: { key: string; label: string; holds: 'person' | 'email' | 'phone' | 'address' | 'text' }[];
  contacts: Contact[];
  diary: DiaryEntry[];
  marks: MarkRow[];
  nextId: number;
}
