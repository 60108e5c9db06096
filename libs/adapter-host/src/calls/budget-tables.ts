export const budgetTables = `
  CREATE TABLE budgets (
    -- Hash of base URL and credentials.
    key text PRIMARY KEY,
    -- In the future while the provider asked us to wait: then the next window begins with the provider's own.
    window_start timestamptz NOT NULL,
    window_ms int NOT NULL,
    requests int NOT NULL,
    used int NOT NULL
  );
  -- Calls on the wire by process; a process that died is forgotten after a minute.
  CREATE TABLE budget_callers (
    key text NOT NULL,
    holder text NOT NULL,
    calls int NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (key, holder)
  );
  -- Grants up to \`wanted\` calls: within the window, less a tenth unless they are urgent, and within the calls side by side of all processes.
  -- The row of the budget is locked, so replicas come one after the other. wait_ms: when asking again makes sense.
  -- opened: these calls are the first of a window.
  CREATE FUNCTION take_calls(which text, who text, busy int, wanted int, urgent boolean, limit_requests int, limit_ms int, limit_parallel int)
  RETURNS TABLE (granted int, wait_ms float8, opened boolean) LANGUAGE plpgsql AS $$
  DECLARE
    b budgets%ROWTYPE;
    at timestamptz;
    others int;
    usable int := CASE WHEN urgent OR limit_requests < 2 THEN limit_requests ELSE limit_requests - ceil(limit_requests / 10.0)::int END;
  BEGIN
    INSERT INTO budgets (key, window_start, window_ms, requests, used) VALUES (which, clock_timestamp(), limit_ms, limit_requests, 0) ON CONFLICT DO NOTHING;
    SELECT * INTO b FROM budgets WHERE key = which FOR UPDATE;
    at := clock_timestamp();
    IF b.window_start + limit_ms * interval '1 ms' <= at THEN
      b.window_start := at;
      b.used := 0;
    END IF;
    IF b.window_start > at THEN
      granted := 0;
      wait_ms := extract(epoch FROM b.window_start - at) * 1000;
    ELSIF b.used >= usable THEN
      granted := 0;
      wait_ms := extract(epoch FROM b.window_start + limit_ms * interval '1 ms' - at) * 1000;
    ELSE
      SELECT coalesce(sum(calls), 0) INTO others FROM budget_callers WHERE key = which AND holder <> who AND expires_at > at;
      granted := greatest(0, least(wanted, usable - b.used, limit_parallel - others - busy));
      wait_ms := 25;
    END IF;
    opened := b.used = 0 AND granted > 0;
    UPDATE budgets SET window_start = b.window_start, window_ms = limit_ms, requests = limit_requests, used = b.used + granted WHERE key = which;
    INSERT INTO budget_callers AS c (key, holder, calls, expires_at) VALUES (which, who, busy + granted, at + interval '1 minute')
      ON CONFLICT (key, holder) DO UPDATE SET calls = excluded.calls, expires_at = excluded.expires_at;
    RETURN NEXT;
  END $$;`;
