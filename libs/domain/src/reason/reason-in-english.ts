import type { AddressProblem } from '../address/normalise-address';
import type { SharedAddressRule } from '../link/link-version';
import type { ReasonSentences } from './reason-sentences';
import type { ReasonValues } from './reason-values';

const addressProblems: Readonly<Record<AddressProblem, string>> = {
  blank: 'it is blank',
  several: 'more than one address stands in one field',
  'no-at': 'the @ is missing',
  'local-part': 'the part before the @ cannot be right',
  domain: 'the domain after the @ cannot be right',
  'too-long': 'it is longer than an address may be',
};

const sharedRules: Readonly<Record<SharedAddressRule, string>> = {
  first: 'the first one carries it',
  newest: 'the one changed last carries it',
  merge: 'they are merged and the first one carries it',
  skip: 'none of them travels',
};

const sentenceFor = (table: Readonly<Record<string, string>>, key: string): string => table[key] ?? key;

export const inEnglish: ReasonSentences = {
  eligible: () => 'All rules of the link are met. This changes when one of them fails, such as a chosen tag being taken off.',
  'source.removed': (_, { inSource }) => `The contact is removed (hidden) ${inSource}. Restore it there and it will be considered again.`,
  'source.gone': (_, { inSource }) =>
    `The record is no longer ${inSource}: it was deleted, or merged into another. Only a record that exists there can travel.`,
  'record-type.missing': (values, { inSource }) =>
    `The contact has no record of the type ${values.oneOf('wanted')} (types it has: ${values.all('has')}). ` +
    `Add an e-mail of such a type ${inSource}, or choose more record types in the link.`,
  'filter.tag-missing': (values, { inSource }) =>
    values.oneOf('wanted') === ''
      ? 'The link has no chosen tag, so nobody can have one. Choose at least one tag in the link.'
      : `No chosen tag is on the contact (tags it has: ${values.all('has')}). ` +
        `Add ${anyTag(values.text('wanted'), values.oneOf('wanted'))} to the contact or to its mail record ${inSource}.`,
  'filter.expression-false': (values, { inSource }) =>
    `The link's filter does not hold: ${values.text('saw')}. Change these values ${inSource}, or the filter of the link: ${values.text('filter')}`,
  'address.malformed': (values, { inSource }) =>
    `"${values.text('address')}" is not a well-formed e-mail address: ${sentenceFor(addressProblems, values.text('problem'))}. ` +
    `Correct it ${inSource}.`,
  'address.shared': (values, { inSource }) =>
    `Several contacts have the address ${values.text('address')}; by the link's rule ${sentenceFor(sharedRules, values.text('rule'))}` +
    `${values.text('rule') === 'skip' ? '' : ` (${values.text('other')})`}. ` +
    `Give each contact its own address ${inSource}, or choose another rule for shared addresses.`,
  'consent.opted-out': (values) =>
    `${values.text('address')} unsubscribed (${values.moment('when')}, ${values.connection('where')}, ${values.text('how')}). ` +
    'Only a later consent of that person, such as a form they fill in, changes this.',
  'consent.complained': (values) =>
    `${values.text('address')} reported a message as spam (${values.moment('when')}, ${values.connection('where')}). ` +
    'We will not subscribe them to anything again; nothing changes this.',
  'consent.bounced': (values, { inSource }) =>
    `Mail to ${values.text('address')} cannot be delivered (${values.moment('when')}, ${values.connection('where')}). ` +
    `Enter an address that works ${inSource}.`,
  'consent.unknown': (values) =>
    `There is no consent for the purpose ${values.text('purpose')}, and the link states no legal basis. ` +
    'A consent of the person, or a legal basis stated in the link, changes this.',
  'consent.erased': () =>
    'The person asked to be erased, so nothing about them may travel again. Nothing changes this: erased people stay erased.',
  'link.disabled': (values) => `The link ${values.text('link')} is switched off. Switch it on to let contacts travel.`,
  'link.retiring': (values) =>
    `The link ${values.text('link')} is being deleted, and what it put there is taken out. Save the link again to keep it.`,
  'undo.taken-out': () => 'The run put this person there, and nobody has changed them since: the undo takes them out again.',
  'undo.put-back': (values) => `What the run changed is put back as it stood before: ${values.all('what')}.`,
  'undo.kept': (values) => `Kept, because it was changed since the run: ${keptWords(values)}. Change it by hand where that is not wanted.`,
  'undo.not-taken-back': () =>
    'The run took this person out. An undo subscribes nobody and gives no list or tag back; only the source record, when it meets the rules of the link again, does.',
  'undo.gone': () => 'The person is no longer at the destination: they were deleted there. An undo makes nobody anew.',
  'undo.unseen': (values) =>
    `Nobody had seen what stood there before: ${values.all('what')}. It stays; change it by hand where that is not wanted.`,
  'undo.values-stay': (values) => `The person is taken out of the list, and what the run wrote about them stays: ${values.all('what')}.`,
  'undo.leave-policy': () =>
    'The link leaves people in the list (leave: untag), so the undo does so too. Choose another way of leaving in the link, or take them out by hand.',
  'undo.held': (values) =>
    `A run was undone (${values.text('run')}, ${values.moment('when')}), and this stays as the undo left it. It is free again as soon as the source record, or the link, is changed.`,
};

function keptWords(values: ReasonValues): string {
  const parts = [
    ['edited', 'at the destination'],
    ['written', 'by a later write of ours'],
    ['left', 'no longer subscribed there by us'],
    ['others', 'wanted there by another link'],
    ['moved', 'the source or the link wants something else by now'],
  ] as const;
  return parts
    .flatMap(([name, words]) => (values.text(name) === '' ? [] : [name === 'moved' ? words : `${values.all(name)} (${words})`]))
    .join('; ');
}

const anyTag = (all: string, oneOf: string): string => (all === oneOf ? `the tag ${oneOf}` : `one of the tags ${oneOf}`);
