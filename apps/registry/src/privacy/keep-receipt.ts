import { insertRows, type Tx } from '@kontaktor/persistence';
import type { ErasureItem } from './carry-out';
import type { ErasureScope } from './erasure-scope';
import { notes, type Note } from './notes';
import { privacySettings } from './privacy-settings';

interface Told {
  readonly erasureId: string;
  readonly subject: string;
  readonly askedBy: string;
  readonly since: string;
  readonly removed: Readonly<Record<string, number>>;
}

interface Line {
  readonly place: string;
  readonly item?: string;
  readonly state: 'pending' | 'done' | 'by-hand' | 'kept' | 'expires';
  readonly note: Note;
  readonly removed?: Readonly<Record<string, number>>;
  readonly expiresAt?: Date;
}

const columns = {
  ...{ erasure_id: 'uuid', place: 'text', item: 'text', state: 'text', note: 'json', removed: 'json' },
  ...{ done_at: 'timestamptz', expires_at: 'timestamptz' },
};

/** One line a place. Nobody is named in it. */
export async function keepReceipt(tx: Tx, scope: ErasureScope, items: readonly ErasureItem[], told: Told): Promise<void> {
  const { erasureId, subject, askedBy, since } = told;
  await tx.query('INSERT INTO erasures (erasure_id, workspace_id, subject, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5)', [
    ...[erasureId, scope.workspaceId, subject, askedBy, since],
  ]);
  const lines = [...linesOf(scope, items, told), ...(await servicesOf(tx, scope.workspaceId)).map(ofService)];
  const rows = lines.map(({ place, item = '', state, note, removed = {}, expiresAt = null }) => ({
    ...{ erasure_id: erasureId, place, item, state, note, removed, expires_at: expiresAt },
    done_at: state === 'done' ? since : null,
  }));
  await insertRows(tx, 'erasure_places', columns, rows);
}

function linesOf({ places, shared }: ErasureScope, items: readonly ErasureItem[], { since, removed }: Told): Line[] {
  const after = (days: number): Date => new Date(Date.parse(since) + days * 24 * 60 * 60 * 1000);
  const { topicDays, backupDays } = privacySettings();
  return [
    { place: 'registry', state: 'done', note: notes.ownStore, removed },
    ...(shared.size === 0 ? [] : [{ place: 'shared', state: 'kept' as const, note: notes.shared }]),
    ...places.flatMap(({ connectionId, does, note }): Line[] =>
      does === 'keep' ? [{ place: `connection/${connectionId}`, state: 'kept', note }] : [],
    ),
    ...items.map(({ connectionId, remotePersonId }): Line => ({
      ...{ place: `connection/${connectionId}`, item: remotePersonId, state: 'pending', note: notes.toErase },
    })),
    { place: 'topics', state: 'expires', note: notes.topics, expiresAt: after(topicDays) },
    { place: 'backups', state: 'expires', note: notes.backups, expiresAt: after(backupDays) },
  ];
}

const ofService = (name: string): Line => ({ place: `service/${name}`, state: 'pending', note: notes.service });

/** Services that keep anything of people. */
async function servicesOf(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx.query<{ provider: string }>(
    'SELECT DISTINCT provider FROM connections WHERE workspace_id = $1 AND NOT deleted ORDER BY provider',
    [workspaceId],
  );
  return ['webhook-ingest', ...rows.map(({ provider }) => `adapter-${provider}`)];
}
