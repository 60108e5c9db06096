/** What tells memberships of a workspace apart; the table is `m`. */
export const keyOfMembership = 'm.link_id, m.slot_key';

/**
 * SQL of memberships, one look-up a value of the parameter `values`: `OFFSET 0` keeps it one. As `= ANY`, planned before there are statistics, it
 * is a walk through all of the workspace. `$1` is the workspace.
 */
export function eachOf(values: string, column: string, selected: string): string {
  return `SELECT one.* FROM unnest(${values}::text[]) AS wanted(value) CROSS JOIN LATERAL
    (SELECT ${selected} FROM memberships m WHERE m.workspace_id = $1 AND ${column} = wanted.value OFFSET 0) AS one`;
}

/** SQL of the memberships with these keys (a query of its own), read and locked in their order, by one look-up each. `$1` is the workspace. */
export function byKeys(keys: string, selected: string, lock: '' | 'FOR UPDATE' | 'FOR NO KEY UPDATE'): string {
  return `SELECT one.* FROM (SELECT DISTINCT link_id, slot_key FROM (${keys}) AS found ORDER BY link_id, slot_key) AS key CROSS JOIN LATERAL
    (SELECT ${selected} FROM memberships m WHERE m.workspace_id = $1 AND m.link_id = key.link_id AND m.slot_key = key.slot_key
     OFFSET 0 ${lock}) AS one ORDER BY link_id, slot_key`;
}
