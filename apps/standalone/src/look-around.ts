import type { ApiClient } from '@kontaktor/api-client';
import type { Sandbox } from '@kontaktor/service-sandbox';
import { runLink, summaryOf } from './run-link';
import type { Hub } from './start-hub';
import { tellRun } from './tell-run';
import { tellWhy } from './tell-why';

interface Look {
  readonly api: ApiClient;
  readonly hub: Hub;
  readonly sandbox: Sandbox | undefined;
  readonly out: NodeJS.WriteStream;
  /** It ends after the look. */
  readonly once: boolean;
}

/** Runs every link once, tells what happened, some examples of why, and where everything is. */
export async function lookAround({ api, hub, sandbox, out, once }: Look): Promise<{ readonly exitCode: number; readonly summary: object }> {
  const tell = (...lines: readonly string[]): void => void out.write(`${lines.join('\n')}\n`);
  let summary: object = {};
  let exitCode = 0;
  const { stopped, by } = await api.writesStopped();
  if (stopped)
    tell(
      `All writes are stopped (${by ?? 'by somebody'}): links are only planned. \`npm run kontaktor -- continue\` lets them write again.`,
    );
  for (const { id: linkId } of await api.links()) {
    const run = await runLink(api, linkId, out, stopped ? 'dry' : 'full');
    tell('', ...tellRun(run));
    // A look that fails is told; the hub stays up.
    const why = await tellWhy(api, linkId, 3).catch((error: unknown) => [`  ${error instanceof Error ? error.message : String(error)}`]);
    tell('', 'Why?', ...why);
    summary = summaryOf(run);
    if (run.state !== 'done') exitCode = 1;
  }
  tell('', ...whereThingsAre(hub, sandbox), ...(once ? [] : [goesOn]), '');
  return { exitCode, summary };
}

const goesOn = 'It goes on: changes at the source travel within seconds, a full run every 24 hours. Ctrl-C ends it; the data stay.';

function whereThingsAre(hub: Hub, sandbox: Sandbox | undefined): string[] {
  const accounts =
    sandbox === undefined
      ? []
      : [
          `1CLICK (sandbox)   ${sandbox.oneclick.baseUrl}   token ${sandbox.oneclick.account().token}`,
          `Ecomail (sandbox)  ${sandbox.ecomail.baseUrl}   key ${sandbox.ecomail.account().key}`,
        ];
  return [
    `API                ${hub.url}/api/v1`,
    `its documentation  ${hub.url}/api/docs`,
    `admin token        in ${hub.adminTokenFile}`,
    `webhooks           ${hub.webhookUrl}`,
    ...accounts,
    'Ask on:            npm run kontaktor -- why <address>        all commands: npm run kontaktor -- help',
  ];
}
