import type { AddressProblem } from '../address/normalise-address';
import type { SharedAddressRule } from '../link/link-version';
import type { ReasonSentences } from './reason-sentences';
import type { ReasonValues } from './reason-values';

const addressProblems: Readonly<Record<AddressProblem, string>> = {
  blank: 'pole je prázdné',
  several: 'v jednom poli je více adres',
  'no-at': 'chybí zavináč',
  'local-part': 'část před zavináčem nemůže být správně',
  domain: 'doména za zavináčem nemůže být správně',
  'too-long': 'adresa je delší, než je dovoleno',
};

const sharedRules: Readonly<Record<SharedAddressRule, string>> = {
  first: 'ji používá první z nich',
  newest: 'ji používá ten, který byl změněn naposledy',
  merge: 'se kontakty slučují a adresu používá první z nich',
  skip: 'se nepřenáší žádný z nich',
};

const sentenceFor = (table: Readonly<Record<string, string>>, key: string): string => table[key] ?? key;

export const inCzech: ReasonSentences = {
  eligible: () =>
    'Všechna pravidla propojení jsou splněna. Změní se to, jakmile některé platit přestane, například když kontakt přijde o vybraný štítek.',
  'source.removed': (_, { inSource }) => `Kontakt je ${inSource} odstraněn (skryt). Po jeho obnovení se posoudí znovu.`,
  'source.gone': (_, { inSource }) =>
    `Záznam už ${inSource} není: byl smazán, nebo sloučen s jiným. Přenést lze jen záznam, který v něm existuje.`,
  'record-type.missing': (values, { inSource }) =>
    `Kontakt nemá záznam typu ${values.oneOf('wanted')} (typy jeho záznamů: ${values.all('has')}). ` +
    `Doplňte e-mail takového typu ${inSource}, nebo v propojení vyberte další typy záznamů.`,
  'filter.tag-missing': (values, { inSource }) =>
    values.oneOf('wanted') === ''
      ? 'V propojení není vybrán žádný štítek, takže ho nemůže mít nikdo. Vyberte v propojení alespoň jeden.'
      : `Kontakt nemá žádný z vybraných štítků (štítky, které má: ${values.all('has')}). ` +
        `Přidejte ${anyTag(values.text('wanted'), values.oneOf('wanted'))} kontaktu nebo jeho e-mailovému záznamu ${inSource}.`,
  'filter.expression-false': (values, { inSource }) =>
    `Filtr propojení není splněn: ${values.text('saw')}. Změňte tyto hodnoty ${inSource}, nebo upravte filtr propojení: ${values.text('filter')}`,
  'address.malformed': (values, { inSource }) =>
    `„${values.text('address')}“ není platná e-mailová adresa: ${sentenceFor(addressProblems, values.text('problem'))}. ` +
    `Opravte ji ${inSource}.`,
  'address.shared': (values, { inSource }) =>
    `Adresu ${values.text('address')} má více kontaktů; podle pravidla propojení ${sentenceFor(sharedRules, values.text('rule'))}` +
    `${values.text('rule') === 'skip' ? '' : ` (${values.text('other')})`}. ` +
    `Uveďte ${inSource} u každého kontaktu vlastní adresu, nebo zvolte jiné pravidlo pro sdílené adresy.`,
  'consent.opted-out': (values) =>
    `Adresa ${values.text('address')} byla odhlášena (${values.moment('when')}, ${values.connection('where')}, ${values.text('how')}). ` +
    'Změní to jen pozdější souhlas této osoby, například vyplněný formulář.',
  'consent.complained': (values) =>
    `Z adresy ${values.text('address')} byla zpráva označena jako spam (${values.moment('when')}, ${values.connection('where')}). ` +
    'K žádnému odběru ji už nepřihlásíme a nic to nezmění.',
  'consent.bounced': (values, { inSource }) =>
    `Na adresu ${values.text('address')} nelze doručovat (${values.moment('when')}, ${values.connection('where')}). ` +
    `Uveďte ${inSource} adresu, která funguje.`,
  'consent.unknown': (values) =>
    `K účelu ${values.text('purpose')} není znám souhlas a propojení neuvádí právní základ. ` +
    'Změní to souhlas této osoby, nebo právní základ uvedený v propojení.',
  'consent.erased': () => 'Tato osoba požádala o výmaz, proto se o ní už nesmí nic přenášet. Nic to nezmění: vymazaní zůstávají vymazáni.',
  'link.disabled': (values) => `Propojení ${values.text('link')} je vypnuté. Zapněte ho a kontakty se začnou přenášet.`,
  'link.retiring': (values) => `Propojení ${values.text('link')} se ruší a odebírá se, co do cíle vložilo. Má-li zůstat, uložte ho znovu.`,
  'undo.taken-out': () => 'Tuto osobu tam vložil běh a od té doby ji nikdo nezměnil: vrácení ji zase odebere.',
  'undo.put-back': (values) => `Co běh změnil, se vrátí do stavu před ním: ${values.all('what')}.`,
  'undo.kept': (values) => `Zůstává, protože se to po běhu změnilo: ${keptWords(values)}. Není-li to žádoucí, změňte to ručně.`,
  'undo.not-taken-back': () =>
    'Tuto osobu běh odebral. Vrácení nikoho nepřihlašuje a nevrací seznam ani štítek; to udělá jen záznam ve zdroji, když znovu splní pravidla propojení.',
  'undo.gone': () => 'Osoba už v cíli není: byla tam smazána. Vrácení nikoho nezakládá znovu.',
  'undo.unseen': (values) => `Co tam stálo předtím, nikdo neviděl: ${values.all('what')}. Zůstává to; není-li to žádoucí, změňte to ručně.`,
  'undo.values-stay': (values) => `Osoba se odebere ze seznamu a údaje, které o ní běh zapsal, zůstanou: ${values.all('what')}.`,
  'undo.leave-policy': () =>
    'Propojení nechává lidi v seznamu (leave: untag), proto je tam nechá i vrácení. Zvolte v propojení jiný způsob odchodu, nebo je odeberte ručně.',
  'undo.held': (values) =>
    `Běh byl vrácen (${values.text('run')}, ${values.moment('when')}) a zůstává to, jak to vrácení nechalo. Uvolní se to, jakmile se změní záznam ve zdroji nebo propojení.`,
};

function keptWords(values: ReasonValues): string {
  const parts = [
    ['edited', 'v cíli'],
    ['written', 'naším pozdějším zápisem'],
    ['left', 'už tam není přihlášena námi'],
    ['others', 'chce to tam jiné propojení'],
    ['moved', 'zdroj nebo propojení chce mezitím něco jiného'],
  ] as const;
  return parts
    .flatMap(([name, words]) => (values.text(name) === '' ? [] : [name === 'moved' ? words : `${values.all(name)} (${words})`]))
    .join('; ');
}

const anyTag = (all: string, oneOf: string): string => (all === oneOf ? `štítek ${oneOf}` : `některý ze štítků ${oneOf}`);
