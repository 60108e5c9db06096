/** Frozen: reads of single people whom the pages of a run's read did not tell of. */
export const lookupTables = `
  ALTER TABLE reads ADD COLUMN started_at timestamptz, ADD COLUMN resend boolean NOT NULL DEFAULT false, ADD COLUMN missing int NOT NULL DEFAULT 0;
  -- What was planned to be written, as PlanView shows it; null: nothing, or it makes somebody anew, which follows from what the links want.
  ALTER TABLE plan_items ADD COLUMN writes json;
`;
