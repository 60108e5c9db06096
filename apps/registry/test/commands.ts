import {
  commandIssued,
  commandView,
  createEvent,
  planView,
  type CommandIssued,
  type CommandView,
  type PlanView,
} from '@kontaktor/contracts';
import { eventually } from '@kontaktor/testing';
import { v7 as uuidv7 } from 'uuid';
import type { Scenario } from './scenario';

type Order<Command> = Command extends CommandIssued
  ? Omit<Command, 'commandId' | 'issuedBy' | 'expiresAt'> & { readonly expiresAt?: string; readonly commandId?: string }
  : never;

/** Gives a command as jana and waits for the registry's answer. */
export async function issue(s: Scenario, order: Order<CommandIssued>): Promise<CommandView> {
  const { commandId = uuidv7() } = order;
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  const event = createEvent(commandIssued, s, { issuedBy: 'jana', expiresAt, ...order, commandId });
  await s.world.publish(commandIssued, [event]);
  return eventually(async () => {
    const { status, body } = await s.world.get(`/internal/workspaces/${s.workspaceId}/commands/${commandId}`);
    expect(status).toBe(200);
    return commandView.parse(body);
  });
}

/** Approves the plan that the run has now. */
export async function approve(s: Scenario, runId: string): Promise<CommandView> {
  return issue(s, { command: 'approve', object: runId, planHash: (await planOf(s, runId)).planHash ?? 'none' });
}

export async function planOf(s: Scenario, runId: string, query = ''): Promise<PlanView> {
  return planView.parse((await s.world.get(`/internal/workspaces/${s.workspaceId}/runs/${runId}/plan${query}`)).body);
}

/** A run that is asked for and waits for approval. */
export async function waitingRun(s: Scenario): Promise<string> {
  const runId = await s.ask();
  await s.inState(runId, 'awaiting-approval');
  await s.settled();
  return runId;
}
