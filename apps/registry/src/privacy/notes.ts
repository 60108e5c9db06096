/** A sentence of a receipt, for whoever reads it. */
export interface Note {
  readonly en: string;
  readonly cs: string;
}

export const notes = {
  toErase: { en: 'The person is erased here, and looked for again afterwards.', cs: 'Osoba se zde vymaže a poté se ověří, že tu není.' },
  erased: { en: 'Erased, and not found when looked for again.', cs: 'Vymazáno; při ověření už nenalezeno.' },
  keptAtSource: {
    en: 'Your own record stays: it is the master record. Delete it there yourself, or name this connection when erasing. It is not taken in again.',
    cs: 'Váš vlastní záznam zůstává, je to zdroj dat. Smažte jej tam sami, nebo při výmazu toto připojení uveďte. Znovu se nepřevezme.',
  },
  ownStore: { en: 'Erased from the registry.', cs: 'Vymazáno z registru.' },
  service: {
    en: 'What the service keeps by itself (seen records, work, raw deliveries, dead letters).',
    cs: 'Co si služba sama uchovává (viděné záznamy, práce, surová doručení, nedoručitelné zprávy).',
  },
  shared: {
    en: 'Addresses that other people have too stay with them, also at the destinations, and are not kept out.',
    cs: 'Adresy, které mají i další lidé, jim zůstávají, i v cílových systémech, a nejsou zablokovány.',
  },
  topics: {
    en: 'Messages on their way are kept until the retention of their topics ends; compacted topics keep only that somebody was erased.',
    cs: 'Zprávy zůstávají do konce doby uchování svých témat; zhuštěná témata uchovávají jen to, že byl někdo vymazán.',
  },
  backups: {
    en: 'Backups made before keep the person until they are deleted. Whoever restores one erases the person again by itself.',
    cs: 'Dřívější zálohy osobu obsahují až do svého smazání. Po obnově zálohy se osoba sama znovu vymaže.',
  },
  failed: (why: string): Note => ({
    en: `Could not be erased here: ${why}. Delete the person there by hand.`,
    cs: `Zde se vymazat nepodařilo: ${why}. Smažte tam osobu ručně.`,
  }),
  waits: (why: string): Note => ({ en: `Waits and is tried again: ${why}`, cs: `Čeká a zkusí se znovu: ${why}` }),
};
