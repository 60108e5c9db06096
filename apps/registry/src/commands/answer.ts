import type { Queryable, Tx } from '@kontaktor/persistence';
import type { CommandIssued, CommandView } from '@kontaktor/contracts';

export type RefusalCode = NonNullable<CommandView['refusal']>['code'];

/** What became of a command; `runId`: the run that goes on by it; `count`: how many things it set going, where it counts. */
export type Answer =
  | { readonly obeyed: true; readonly runId?: string; readonly count?: number }
  | { readonly obeyed: false; readonly code: RefusalCode; readonly reason: string };

export const obeyed = (runId?: string, count?: number): Answer => ({ obeyed: true, runId, count });
export const refused = (code: RefusalCode, reason: string): Answer => ({ obeyed: false, code, reason });

/** Keeps the answer for whoever asked, in the transaction of what the command did. */
export async function keepAnswer(tx: Tx, workspaceId: string, command: CommandIssued, answer: Answer): Promise<void> {
  const refusal = answer.obeyed ? { code: null, reason: null } : answer;
  await tx.query(
    `INSERT INTO commands (command_id, workspace_id, command, object, issued_by, refusal_code, refusal, run_id, count)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[command.commandId, workspaceId, command.command, command.object, command.issuedBy, refusal.code, refusal.reason],
      ...(answer.obeyed ? [answer.runId ?? null, answer.count ?? null] : [null, null]),
    ],
  );
}

export async function isAnswered(tx: Tx, commandId: string): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM commands WHERE command_id = $1', [commandId])).length > 0;
}

interface Row {
  readonly command_id: string;
  readonly command: string;
  readonly object: string;
  readonly issued_by: string;
  readonly answered_at: Date;
  readonly refusal_code: RefusalCode | null;
  readonly refusal: string | null;
  readonly run_id: string | null;
  readonly count: number | null;
}

/** A command that was answered. */
export async function commandViewOf(db: Queryable, workspaceId: string, commandId: string): Promise<CommandView | undefined> {
  const [row] = await db.query<Row>('SELECT * FROM commands WHERE workspace_id = $1 AND command_id = $2', [workspaceId, commandId]);
  if (row === undefined) return undefined;
  const { refusal_code: code, refusal: reason } = row;
  return {
    ...{ commandId: row.command_id, command: row.command, object: row.object, issuedBy: row.issued_by },
    ...{ answeredAt: row.answered_at.toISOString(), runId: row.run_id, count: row.count },
    refusal: code === null || reason === null ? null : { code, reason },
  };
}
