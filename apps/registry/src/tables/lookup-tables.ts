/** Frozen: reads of single people whom the pages of a run's read did not tell of. */
export const lookupTables = `
  ALTER TABLE reads ADD COLUMN started_at timestamptz, ADD COLUMN resend boolean NOT NULL DEFAULT false, ADD COLUMN missing int NOT NULL DEFAULT 0;
  -- What an update or a removal was planned to write, as PlanView shows it; null: it follows from what the profile wants.
  ALTER TABLE plan_items ADD COLUMN writes json;
`;
