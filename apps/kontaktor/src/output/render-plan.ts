import type { PlanView } from '@kontaktor/contracts';
import type { Language } from './words';

type Item = PlanView['items'][number];

/** A page of a plan for people: counts, hash, warnings, and who with what and why. */
export function renderPlan(plan: PlanView, language: Language): readonly string[] {
  const { runId, linkId, mode, state, planHash, warnings, items, next } = plan;
  return [
    `${titles[mode]} ${runId} of ${linkId}: ${state}`,
    ...countLines(plan),
    ...warnings.map((warning) => `warning: ${warning}`),
    ...items.flatMap((item) => itemLines(item, language)),
    ...(next === null ? [] : [`There is more: --after '${next}'`]),
    ...(planHash !== null && canBeApproved(plan)
      ? [`Approve exactly this plan with: kontaktor approve ${runId} --hash ${planHash.slice(0, 12)}`]
      : []),
  ];
}

const titles = { full: 'Run', dry: 'Dry run', undo: 'Undo' };

const canBeApproved = ({ mode, state }: PlanView): boolean => state === (mode === 'dry' ? 'done' : 'awaiting-approval');

function countLines({ planHash, counts }: PlanView): readonly string[] {
  if (planHash === null || counts === null) return ['  It is not planned yet.'];
  const { create, update, remove, unchanged, excluded, owned, kept, irreversible } = counts;
  if (kept !== undefined || irreversible !== undefined)
    return [
      `  hash ${planHash}`,
      `  taken out ${remove} of ${owned} members, put back ${update}, kept because changed since ${kept ?? 0}, cannot be reversed ${irreversible ?? 0}`,
    ];
  return [
    `  hash ${planHash}`,
    `  create ${create}, update ${update}, remove ${remove} of ${owned} members, unchanged ${unchanged}, excluded ${excluded}`,
  ];
}

function itemLines({ operation, address, slotKey, remoteId, reason, parked, writes }: Item, language: Language): readonly string[] {
  return [
    `  ${operation} ${address ?? slotKey}${remoteId === null ? '' : ` (${remoteId})`}${parked ? ', left out: decided anew after the plan' : ''}`,
    `    ${reason.text[language]}`,
    ...writes.map((write) => `    ${writeWords(write)}`),
  ];
}

function writeWords({
  address,
  create,
  subscribe,
  unsubscribe,
  addTags,
  removeTags,
  fields,
  delete: deletes,
}: Item['writes'][number]): string {
  const values = Object.entries(fields).map(([name, value]) => `${name} = ${value === null ? '(cleared)' : String(value)}`);
  const parts = [
    ...[deletes ? 'deleted' : '', create ? 'created' : ''],
    ...[
      listed('subscribed to', subscribe),
      listed('unsubscribed from', unsubscribe),
      listed('tags +', addTags),
      listed('tags -', removeTags),
    ],
    values.join(', '),
  ];
  return `${address}: ${parts.filter((part) => part !== '').join('; ')}`;
}

const listed = (word: string, values: readonly string[]): string => (values.length === 0 ? '' : `${word} ${values.join(', ')}`);
