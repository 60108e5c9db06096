import type { WhyView } from '@kontaktor/contracts';
import { outcomeWords, ruleWords, worded, words, type Language } from './words';

type Contact = WhyView['contacts'][number];
type Profile = Contact['profiles'][number];

/** Why a person is, or is not, in the lists: rule, value, when, what would change it; consent; and what is ours. */
export function renderWhy({ address, contacts, consent }: WhyView, language: Language): readonly string[] {
  const w = words[language];
  if (contacts.length === 0) return [`${address}: ${w.unknown}`, ...consentLines(consent, language)];
  return [...contacts.flatMap((contact) => contactLines(contact, language)), ...consentLines(consent, language)];
}

function contactLines({ contactId, addresses, records, profiles, places }: Contact, language: Language): string[] {
  const w = words[language];
  return [
    `${w.contact} ${contactId}`,
    `  ${w.addresses}: ${addresses.map(({ address, current }) => (current ? address : `${address} (${w.former})`)).join(', ')}`,
    ...records.map(
      ({ connectionId, remoteId, presence, readAt }) => `  ${w.record} ${connectionId} ${remoteId}: ${presence}, ${w.readAt} ${readAt}`,
    ),
    ...(profiles.length === 0 ? [`  ${w.noLink}`] : profiles.flatMap((profile) => profileLines(profile, language))),
    ...places.flatMap((place) => placeLines(place, language)),
    '',
  ];
}

function profileLines(profile: Profile, language: Language): string[] {
  const w = words[language];
  const { linkId, address, eligible, reason, trace, notices, outcome, problem, waitsFor, decidedAt } = profile;
  return [
    `  ${w.link} ${linkId}, ${address ?? profile.remoteId}: ${eligible ? w.in : w.out}`,
    `    ${reason.text[language]} (${reason.code})`,
    `    ${w.decidedAt} ${decidedAt}, ${w.outcome} ${worded(outcomeWords, outcome, language)}${problem === null ? '' : `: ${problem}`}`,
    ...(waitsFor
      ? [`    ${w.waitsFor} ${waitsFor.runId}: kontaktor approve ${waitsFor.runId} --hash ${waitsFor.planHash.slice(0, 12)}`]
      : []),
    ...trace.map(({ rule, held, saw }) => `    ${held ? '+' : '-'} ${worded(ruleWords, rule, language)}: ${saw}`),
    ...notices.map((notice) => `    ! ${notice}`),
    ...before(profile).map((entry) => `    ${w.before} ${entry.at}: ${entry.eligible ? w.in : w.out}, ${entry.reason.text[language]}`),
  ];
}

/** Decisions before the present one, which is the newest of the history. */
function before({ eligible, reason, history }: Profile): Profile['history'] {
  const [newest] = history;
  const isPresent = newest?.eligible === eligible && newest.reason.text.en === reason.text.en;
  return isPresent ? history.slice(1) : history;
}

function placeLines({ connectionId, known, tags, places, lost = [] }: Contact['places'][number], language: Language): string[] {
  const w = words[language];
  const whose = (ours: boolean): string => (ours ? w.ours : w.theirs);
  return [
    `  ${w.at} ${connectionId}${known ? '' : `: ${w.notThere}`}`,
    ...places.map(({ place, status, ours, putByUsAt }) => {
      const history = putByUsAt ? `${w.putByUs} ${putByUsAt}; ${w.notOursSince}` : whose(ours);
      return `    ${place}: ${status} (${history})`;
    }),
    ...lost.map(
      ({ place, since, lastSeenAt }) => `    ${place}: ${w.lost} ${since}${lastSeenAt === null ? '' : `, ${w.lastSeen} ${lastSeenAt}`}`,
    ),
    ...tags.map(({ tag, ours }) => `    ${w.tag} ${tag} (${whose(ours)})`),
  ];
}

function consentLines(consent: WhyView['consent'], language: Language): string[] {
  const w = words[language];
  if (consent.length === 0) return [w.noConsent];
  const entries = consent.map(({ from, to, kind, purpose, address, where, how, evidence }) => {
    const when = from === to ? from : `${from} - ${to}`;
    return `  ${when} ${kind}, ${purpose}, ${address}: ${where}, ${how}; ${evidence}`;
  });
  return [`${w.consent}:`, ...entries];
}
