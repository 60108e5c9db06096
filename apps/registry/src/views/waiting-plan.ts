/**
 * SQL of the plan that waits for approval and has a membership `m` in it, to be let out when it is approved: `run_id` and `plan_hash`, or nothing.
 * After a canary, what was written before is no longer in it.
 */
export const waitingPlan = `LATERAL (SELECT r.run_id, r.plan_hash FROM runs r JOIN plan_items i ON i.run_id = r.run_id
    WHERE r.workspace_id = m.workspace_id AND r.link_id = m.link_id AND r.state = 'awaiting-approval' AND i.slot_key = m.slot_key
      AND i.operation IN ('create', 'update', 'remove') AND NOT i.parked AND i.slot_key > r.phase_cursor
      AND (i.operation <> 'remove' OR r.phase_cursor = '') LIMIT 1)`;

/** SQL of whether a membership `m` was put into the list of its link `l`, and the person `p` no longer stands there: the next run looks at it. */
export const isLost = `(m.eligible AND m.released IS NOT NULL AND m.outcome IN ('done', 'unchanged') AND p.remote_person_id IS NOT NULL
    AND p.there -> 'places' -> (l.body ->> 'place') IS NULL)`;

/** SQL of the outcome of a membership `m` with its waiting plan `w`, link `l` and person `p`: what waits is held, whatever became of it before. */
export const outcomeNow = `CASE WHEN w.run_id IS NOT NULL OR ${isLost} THEN 'held'
    WHEN NOT m.eligible AND m.outcome = 'held' AND m.released IS NULL AND m.leaving = '{}' THEN 'excluded' ELSE m.outcome END`;
