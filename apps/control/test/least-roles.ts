import type { Role } from '@kontaktor/contracts';

/** Who may do what: the rule that every operation of the API is held against. One that is new needs a line here. */
const operations: Readonly<Record<Role | 'nobody', readonly string[]>> = {
  /** Without a token. */
  nobody: ['POST sign-in'],
  viewer: [
    ...['GET me', 'POST sign-out', 'GET providers', 'GET connections', 'GET connections/{id}', 'GET links', 'GET links/{id}'],
    ...['GET runs', 'GET runs/{runId}', 'GET runs/{runId}/events', 'GET runs/{runId}/plan', 'GET commands/{commandId}', 'GET stop'],
    ...['GET why', 'GET journal', 'GET links/{id}/people', 'GET failures', 'GET links/{id}/drift'],
    ...['GET alerts', 'GET alerts/{alertId}', 'GET alert-channels', 'GET alert-channels/{id}', 'GET alert-rules'],
  ],
  editor: [
    ...['PUT connections/{id}', 'DELETE connections/{id}', 'POST connections/check', 'POST connections/{id}/check'],
    ...['GET connections/{id}/describe', 'PUT links/{id}', 'DELETE links/{id}', 'POST links/{id}/enable', 'POST links/{id}/disable'],
    ...['GET export', 'POST apply', 'POST plan', 'POST validate', 'POST links/{id}/runs', 'POST runs/{runId}/cancel', 'POST stop'],
    'POST runs/{runId}/undo',
    ...['POST links/{id}/failures/retry', 'POST links/{id}/drift/accept', 'GET dead-letters', 'POST dead-letters/send-again'],
    ...['POST alerts/{alertId}/acknowledge', 'POST alerts/{alertId}/snooze'],
  ],
  approver: [
    'GET consent/report',
    ...['POST runs/{runId}/approve', 'POST links/{id}/lift-brake', 'POST continue', 'POST people/export'],
    ...['POST people/erasures/preview', 'POST people/erasures', 'GET people/erasures', 'GET people/erasures/{erasureId}'],
  ],
  admin: [
    ...['GET workspaces', 'POST workspaces', 'GET tokens', 'POST tokens', 'DELETE tokens/{tokenId}'],
    'POST people/erasures/lift',
    ...['GET users', 'PUT users/{user}', 'DELETE users/{user}', 'GET audit'],
    ...['PUT alert-channels/{id}', 'DELETE alert-channels/{id}', 'PUT alert-rules/{id}', 'DELETE alert-rules/{id}'],
    ...['test', 'enable', 'rotate-secret'].map((what) => `POST alert-channels/{id}/${what}`),
  ],
};

export const leastRoles: ReadonlyMap<string, string> = new Map(
  Object.entries(operations).flatMap(([role, all]) => all.map((operation) => [operation, role])),
);
