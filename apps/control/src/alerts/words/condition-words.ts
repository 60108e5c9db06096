import { counted } from '@kontaktor/domain';
import type { ConditionName } from '../rules/conditions';
import type { Detail } from '../watching/observation';

export type Language = 'en' | 'cs';

interface Words {
  /** What is wrong, as a sentence; in lists and subjects. */
  readonly what: (detail: Detail) => string;
  /** What to do. */
  readonly advice: string;
}

const count = ({ count: found = 0 }: Detail): number => found;

export const english: Readonly<Record<ConditionName, Words>> = {
  'connection-suspended': {
    what: ({ name }) => `The connection ${name} is suspended: nothing is read or written there.`,
    advice:
      'Enter the right credentials, or put right what the provider complains of; then check the connection. What waits goes on by itself.',
  },
  'schema-drift': {
    what: ({ name }) =>
      `What ${name} offers or answers has changed: a field is gone, or an answer has another shape. What relies on it is paused.`,
    advice:
      'Look what was seen where. Put a field back at the provider, or change the mapping of the link; then check the connection. An answer in another shape needs a newer version of Kontaktor.',
  },
  'provider-unavailable': {
    what: ({ name }) => `The provider behind the connection ${name} does not answer, or answers with errors.`,
    advice: 'Look whether the provider reports an outage. It is tried again by itself; nothing is lost.',
  },
  'polling-stuck': {
    what: ({ name }) => `Nobody looks for changes at ${name} any more.`,
    advice: "Look at the log and at /health/ready of the provider's service.",
  },
  'webhooks-silent': {
    what: ({ name }) => `No webhook has come from ${name} for a long time.`,
    advice: 'Look whether the webhook address is still entered at the provider; the connection shows it.',
  },
  'run-failed': {
    what: ({ name }) => `The last run of the link ${name} failed.`,
    advice: 'Look at the run and put the cause right; the next run tries again, or start one by hand.',
  },
  'run-waiting': {
    what: ({ name }) => `A run of the link ${name} waits for approval.`,
    advice: 'Look at its plan, then approve or cancel it.',
  },
  'runs-silent': {
    what: ({ name }) => `The link ${name} should have run and did not.`,
    advice: 'Look whether scheduler and registry are running.',
  },
  'people-failing': {
    what: (detail) => `${counted(count(detail), 'person', 'people')} of the link ${detail.name} ${count(detail) === 1 ? 'fails' : 'fail'}.`,
    advice: 'Look at the failures of the link: each has its cause; retry them when it is mended.',
  },
  'removals-held': {
    what: (detail) =>
      `The brake holds ${counted(count(detail), 'removal')} of the link ${detail.name}: there were too many within 24 hours.`,
    advice: 'Look whether so many people should really leave; the next run plans them and asks.',
  },
  'service-unreachable': {
    what: ({ name }) => `The service ${name} does not answer.`,
    advice: 'Look whether it is running, and at its log.',
  },
  'dead-letters': {
    what: (detail) => `The service ${detail.name} could not read ${counted(count(detail), 'event')}.`,
    advice: 'Look at the dead letters; once the cause is mended, send them again.',
  },
  'channel-disabled': {
    what: ({ name }) => `The alert channel ${name} was disabled: nothing came through.`,
    advice: 'Put its address right, send a test, and enable it.',
  },
};

export const czech: Readonly<Record<ConditionName, Words>> = {
  'connection-suspended': {
    what: ({ name }) => `Připojení ${name} je pozastaveno: nic se tam nečte ani nezapisuje.`,
    advice: 'Zadejte správné přihlašovací údaje, nebo opravte, co systém hlásí; pak připojení ověřte. Co čeká, pokračuje samo.',
  },
  'schema-drift': {
    what: ({ name }) =>
      `Co systém ${name} nabízí nebo odpovídá, se změnilo: pole chybí, nebo má odpověď jiný tvar. Co na tom závisí, je pozastaveno.`,
    advice:
      'Podívejte se, co se kde objevilo. Vraťte pole zpět, nebo upravte mapování propojení; pak připojení ověřte. Jiný tvar odpovědi vyžaduje novější verzi Kontaktoru.',
  },
  'provider-unavailable': {
    what: ({ name }) => `Systém za připojením ${name} neodpovídá, nebo odpovídá chybou.`,
    advice: 'Podívejte se, zda systém nehlásí výpadek. Zkouší se to samo znovu; nic se neztratí.',
  },
  'polling-stuck': {
    what: ({ name }) => `Změny v systému ${name} už nikdo nesleduje.`,
    advice: 'Podívejte se do logu a na /health/ready služby tohoto systému.',
  },
  'webhooks-silent': {
    what: ({ name }) => `Ze systému ${name} už dlouho nepřišel žádný webhook.`,
    advice: 'Podívejte se, zda je v systému stále zadána adresa webhooku; ukazuje ji připojení.',
  },
  'run-failed': {
    what: ({ name }) => `Poslední běh propojení ${name} selhal.`,
    advice: 'Podívejte se na běh a opravte příčinu; zkusí to příští běh, nebo ho spusťte ručně.',
  },
  'run-waiting': {
    what: ({ name }) => `Běh propojení ${name} čeká na schválení.`,
    advice: 'Prohlédněte si jeho plán a schvalte ho, nebo zrušte.',
  },
  'runs-silent': {
    what: ({ name }) => `Propojení ${name} mělo běžet a neběželo.`,
    advice: 'Podívejte se, zda běží služby scheduler a registry.',
  },
  'people-failing': {
    what: (detail) => `V propojení ${detail.name} selhává počet lidí: ${count(detail)}.`,
    advice: 'Prohlédněte si selhání propojení: každé má svou příčinu; po opravě je zkuste znovu.',
  },
  'removals-held': {
    what: (detail) => `Brzda drží odebrání v propojení ${detail.name} (počet: ${count(detail)}): za 24 hodin jich bylo příliš mnoho.`,
    advice: 'Ověřte, zda má opravdu odejít tolik lidí; příští běh je naplánuje a zeptá se.',
  },
  'service-unreachable': {
    what: ({ name }) => `Služba ${name} neodpovídá.`,
    advice: 'Podívejte se, zda běží, a do jejího logu.',
  },
  'dead-letters': {
    what: (detail) => `Služba ${detail.name} nedokázala přečíst události (počet: ${count(detail)}).`,
    advice: 'Prohlédněte si nepřečtené události; až bude příčina opravena, pošlete je znovu.',
  },
  'channel-disabled': {
    what: ({ name }) => `Kanál upozornění ${name} byl vypnut: nic jím neprošlo.`,
    advice: 'Opravte jeho adresu, pošlete zkušební zprávu a zapněte ho.',
  },
};
