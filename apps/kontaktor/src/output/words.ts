const en = {
  unknown: 'nobody has this address, now or formerly, in any connection',
  contact: 'Contact',
  addresses: 'addresses',
  former: 'former',
  record: 'record',
  readAt: 'read at',
  noLink: 'no link carries this person',
  link: 'link',
  in: 'in',
  out: 'not in',
  decidedAt: 'decided at',
  outcome: 'outcome',
  before: 'before, at',
  at: 'stands at',
  notThere: 'not there',
  tag: 'tag',
  ours: 'put there by us',
  theirs: 'there before us, stays',
  putByUs: 'put there by us at',
  notOursSince: 'what it is now is not our doing, and stays',
  lost: 'no longer shown there since',
  lastSeen: 'last seen',
  waitsFor: 'waits for approval of the run',
  consent: 'Consent',
  noConsent: 'No consent is recorded.',
};

const cs: typeof en = {
  unknown: 'tuto adresu nikdo nemá ani neměl v žádném připojení',
  contact: 'Kontakt',
  addresses: 'adresy',
  former: 'dřívější',
  record: 'záznam',
  readAt: 'načten',
  noLink: 'tuto osobu nepřenáší žádné propojení',
  link: 'propojení',
  in: 'je v seznamu',
  out: 'není v seznamu',
  decidedAt: 'rozhodnuto',
  outcome: 'výsledek',
  before: 'předtím',
  at: 'stav v',
  notThere: 'není tam',
  tag: 'štítek',
  ours: 'dali jsme ho tam my',
  theirs: 'byl tam před námi, zůstává',
  putByUs: 'dali jsme ho tam my',
  notOursSince: 'co se stalo potom, není od nás a zůstává',
  lost: 'už tam není vidět od',
  lastSeen: 'naposledy viděn',
  waitsFor: 'čeká na schválení běhu',
  consent: 'Souhlasy',
  noConsent: 'Žádný souhlas není zaznamenán.',
};

export const words = { en, cs } as const;
export type Language = keyof typeof words;

type Czech = Readonly<Record<string, string>>;

/** The rules of a decision, by their English names. */
export const ruleWords: Czech = {
  ...{ 'not removed': 'není odstraněn', 'record type': 'typ záznamu', tag: 'štítek', 'e-mail': 'e-mail', filter: 'filtr' },
  ...{ 'shared address': 'sdílená adresa', consent: 'souhlas' },
};

export const outcomeWords: Czech = {
  ...{ done: 'hotovo', unchanged: 'beze změny', excluded: 'vynechán', removed: 'odebrán', held: 'pozdržen', failed: 'selhalo' },
  ...{ suspended: 'pozastaveno', uncertain: 'nejisté' },
};

/** A word of the service in a language; one that is not known here stays as it is. */
export const worded = (czech: Czech, word: string, language: Language): string => (language === 'cs' ? (czech[word] ?? word) : word);
