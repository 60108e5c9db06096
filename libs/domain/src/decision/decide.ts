import { normaliseAddress } from '../address/normalise-address';
import { gate } from '../consent/gate';
import type { LinkVersion } from '../link/link-version';
import type { Reason } from '../reason/reason';
import type { Decision, Desire, TraceStep } from './decision';
import type { ProfileState } from './profile-state';

/** What `@kontaktor/mapping` gives to `decide`: the two languages of a link, already compiled. */
export interface LinkRules {
  mapFields(link: LinkVersion, profile: ProfileState): { readonly fields: Desire['fields']; readonly notices: readonly string[] };
  /** `undefined` when the link has no filter. */
  evaluateFilter(link: LinkVersion, profile: ProfileState): { readonly value: boolean; readonly saw: string } | undefined;
}

type Check = (link: LinkVersion, profile: ProfileState, rules: LinkRules) => { readonly failed?: Reason; readonly saw: string };

const removed: Check = (_link, { presence }) => ({
  saw: presence,
  failed: presence === 'present' ? undefined : { code: presence === 'gone' ? 'source.gone' : 'source.removed', params: {} },
});

const recordType: Check = ({ recordTypes }, { slot, slotTypes }) => ({
  saw: slot?.type ?? (slotTypes.join(', ') || 'none'),
  failed: slot === null ? { code: 'record-type.missing', params: { wanted: recordTypes.email, has: slotTypes } } : undefined,
});

const tag: Check = (link, { tags }) => ({
  saw: tags.join(', ') || 'none',
  failed: link.tags.some((wanted) => tags.includes(wanted))
    ? undefined
    : { code: 'filter.tag-missing', params: { wanted: link.tags, has: tags } },
});

const wellFormed: Check = (_link, { slot }) => {
  const address = normaliseAddress(slot?.address ?? '');
  const failed: Reason = {
    code: 'address.malformed',
    params: { address: slot?.address ?? '', problem: address.ok ? '' : address.problem },
  };
  return { saw: slot?.address ?? '', failed: address.ok ? undefined : failed };
};

const filter: Check = (link, profile, rules) => {
  const result = rules.evaluateFilter(link, profile);
  const failed: Reason = { code: 'filter.expression-false', params: { filter: link.filter ?? '', saw: result?.saw ?? '' } };
  return { saw: result?.saw ?? 'no filter', failed: result?.value === false ? failed : undefined };
};

const shared: Check = (_link, { yieldsTo, slot }) => ({
  saw: yieldsTo === undefined ? 'first of its address' : `${yieldsTo.slotKey} goes before`,
  failed:
    yieldsTo === undefined
      ? undefined
      : { code: 'address.shared', params: { address: slot?.address ?? '', other: yieldsTo.slotKey, rule: yieldsTo.rule } },
});

const consent: Check = (link, { history }) => {
  const question = { purpose: link.purpose, connectionId: link.destination.connectionId, legalBasis: link.legalBasis };
  const verdict = gate(history, question);
  return verdict.open ? { saw: verdict.basis } : { saw: verdict.reason.code, failed: verdict.reason };
};

/** The rules in the order in which they are asked (mission A5, then the link's own filter, shared addresses, and the gate). */
const rulesInOrder: readonly (readonly [string, Check])[] = [
  ['not removed', removed],
  ['record type', recordType],
  ['tag', tag],
  ['e-mail', wellFormed],
  ['filter', filter],
  ['shared address', shared],
  ['consent', consent],
];

/** Should this profile be at the destination, and how? Asks until a rule fails; the trace names each rule asked and what it saw. */
export function decide(link: LinkVersion, profile: ProfileState, rules: LinkRules): Decision {
  const trace: TraceStep[] = [];
  if (!link.enabled) return excluded({ code: 'link.disabled', params: { link: link.name } }, trace);
  if (link.retiring === true) return excluded({ code: 'link.retiring', params: { link: link.name } }, trace);
  for (const [rule, check] of rulesInOrder) {
    const { failed, saw } = check(link, profile, rules);
    trace.push({ rule, held: failed === undefined, saw });
    if (failed !== undefined) return excluded(failed, trace);
  }
  const { fields, notices } = rules.mapFields(link, profile);
  return { eligible: true, reason: { code: 'eligible', params: {} }, desired: desireOf(link, profile, fields), notices, trace };
}

function excluded(reason: Reason, trace: readonly TraceStep[]): Decision {
  return { eligible: false, reason, desired: null, notices: [], trace };
}

function desireOf(link: LinkVersion, profile: ProfileState, fields: Desire['fields']): Desire {
  const address = normaliseAddress(profile.slot?.address ?? '');
  const merged = (profile.mergedFrom ?? []).flatMap(({ tags }) => tags);
  const carried = new Set([...profile.tags, ...merged]);
  return {
    address: address.ok ? address.address : '',
    places: [link.place],
    tags: link.tags.filter((wanted) => carried.has(wanted)).sort(),
    fields,
  };
}
