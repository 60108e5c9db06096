import { parseArgs } from 'node:util';
import { startSandbox } from './start-sandbox';

const { values } = parseArgs({
  options: {
    contacts: { type: 'string', default: '2000' },
    folder: { type: 'string', default: `${process.env['KONTAKTOR_FOLDER'] || '.kontaktor'}/sandbox` },
    host: { type: 'string', default: '127.0.0.1' },
    'oneclick-port': { type: 'string', default: process.env['ONECLICK_PORT'] || '4411' },
    'ecomail-port': { type: 'string', default: process.env['ECOMAIL_PORT'] || '4412' },
  },
});

async function main(): Promise<void> {
  const sandbox = await startSandbox({
    folder: values.folder,
    contacts: Number(values.contacts),
    host: values.host,
    ports: { oneclick: Number(values['oneclick-port']), ecomail: Number(values['ecomail-port']) },
  });
  const { oneclick, ecomail } = sandbox;
  console.log(`1CLICK:  ${oneclick.baseUrl}   token ${oneclick.account().token}   ${oneclick.account().contacts.length} contacts`);
  console.log(`Ecomail: ${ecomail.baseUrl}   key ${ecomail.account().key}   ${ecomail.account().subscribers.length} people of its own`);
  console.log(
    'What people do by hand, faults and state: /__sandbox/ of either address (docs/sandbox.md). Ctrl-C ends it; the accounts are kept.',
  );
  const stop = (): void => void sandbox.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(`The sandbox did not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
