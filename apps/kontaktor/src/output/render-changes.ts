import type { ChangeReport, FieldChange } from '@kontaktor/contracts';

type Change = ChangeReport['links'][number];
type Kind = 'connection' | 'link' | 'alert channel' | 'alert rule';

/** How much a plan changes. */
export const changeCount = (plan: ChangeReport): number => changesOf(plan).filter(([, { change }]) => change !== 'unchanged').length;

/** A plan for people: each object that changes, field by field; secrets never. */
export function planLines(plan: ChangeReport): readonly string[] {
  const changes = changesOf(plan);
  const counts = (['created', 'changed', 'deleted', 'unchanged'] as const).map(
    (word) => `${changes.filter(([, { change }]) => change === word).length} ${word}`,
  );
  const alone = plan.leftAlone.length === 0 ? [] : [`Not in the file, and left alone: ${plan.leftAlone.join(', ')} (--prune deletes).`];
  return [...changes.flatMap(([kind, change]) => linesOf(kind, change)), `${counts.join(', ')}.`, ...alone];
}

const changesOf = ({ connections, links, alerts }: ChangeReport): readonly (readonly [Kind, Change])[] => [
  ...connections.map((one) => ['connection', one] as const),
  ...links.map((one) => ['link', one] as const),
  ...(alerts?.channels ?? []).map((one) => ['alert channel', one] as const),
  ...(alerts?.rules ?? []).map((one) => ['alert rule', one] as const),
];

function linesOf(kind: Kind, { id, change, fields, details }: Change): readonly string[] {
  const lines = details.length > 0 ? details.map(fieldLine) : fields.map((field) => `~ ${field}`);
  return [`${kind} ${id}: ${change}`, ...lines.map((line) => `  ${line}`)];
}

function fieldLine({ field, before, after, secret }: FieldChange): string {
  if (secret === true) return `~ ${field}: set anew (secret)`;
  if (before === undefined) return `+ ${field}: ${shown(after)}`;
  if (after === undefined) return `- ${field}: ${shown(before)}`;
  return `~ ${field}: ${shown(before)} -> ${shown(after)}`;
}

const shown = (value: unknown): string => JSON.stringify(value) ?? '';
