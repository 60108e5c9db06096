import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleEcomailAccount, startEcomailSimulator, type EcomailSimulator } from '@kontaktor/simulator-ecomail';
import { sampleOneclickAccount, startOneclickSimulator, type OneclickSimulator } from '@kontaktor/simulator-oneclick';

export interface SandboxOptions {
  /** Where the two accounts are kept; absent: in memory. */
  readonly folder?: string;
  /** Contacts of the 1CLICK account. */
  readonly contacts: number;
  /** 0 lets the system choose. */
  readonly ports: { readonly oneclick: number; readonly ecomail: number };
  /** Address to listen at; the loopback address when absent. */
  readonly host?: string;
  /** Requests a minute that Ecomail allows; the live service's 1000 when absent. */
  readonly perMinute?: number;
  /** Whether people of the 1CLICK are in the Ecomail account already. */
  readonly shared?: boolean;
}

export interface Sandbox {
  readonly oneclick: OneclickSimulator;
  readonly ecomail: EcomailSimulator;
  stop(): Promise<void>;
}

/** So many of the CRM's people are in the Ecomail account already, in every status. */
const alreadyThere = 60;

/** A 1CLICK with Czech people and every peculiar contact of its fact sheet, and an Ecomail account that was in use before. */
export async function startSandbox({ folder, contacts, ports, host, perMinute, shared = true }: SandboxOptions): Promise<Sandbox> {
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const fileOf = (name: string): string | undefined => (folder === undefined ? undefined : join(folder, `${name}.json`));
  const oneclick = await startOneclickSimulator({
    account: () => sampleOneclickAccount({ contacts }),
    ...{ port: ports.oneclick, host },
    stateFile: fileOf('oneclick'),
  });
  const known = shared ? someAddresses(oneclick) : [];
  const ecomail = await startEcomailSimulator({
    account: () => sampleEcomailAccount({ known, own: shared ? 40 : 0 }),
    ...{ port: ports.ecomail, host },
    stateFile: fileOf('ecomail'),
    ...(perMinute === undefined ? {} : { switches: { perMinute } }),
  });
  return {
    oneclick,
    ecomail,
    stop: async () => {
      await Promise.all([oneclick.stop(), ecomail.stop()]);
    },
  };
}

function someAddresses(oneclick: OneclickSimulator): string[] {
  const { contacts } = oneclick.account();
  const step = Math.max(1, Math.floor(contacts.length / alreadyThere));
  return contacts
    .filter((_, index) => index % step === 0)
    .flatMap(({ records }) => records.find(({ type, value }) => type === 'email' && value?.includes('@'))?.value ?? [])
    .slice(0, alreadyThere);
}
