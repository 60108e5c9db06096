import { suggestion } from '../document/closest';
import type { SoundLink } from '../document/sound-part';
import type { Problem } from '../http/refusal';
import { isOfList, type Account } from './account';

type Choices = readonly { readonly key: string; readonly label: string; readonly holds?: string }[] | null;

/** Tags and record types that the source has not. */
export function checkSourceOffers({ tags, recordTypes }: SoundLink, { adapter, offers }: Account): readonly Problem[] {
  if (offers === undefined) return [];
  const wanted = [
    ...positioned(tags).map(([key, index]) => pick(`tags[${index}]`, 'tag', key, offers.tags)),
    ...(['email', 'name', 'phone'] as const).flatMap((part) =>
      positioned(recordTypes?.[part]).map(([key, index]) =>
        pick(`recordTypes.${part}[${index}]`, 'record type', key, offers.recordTypes, heldBy[part]),
      ),
    ),
  ];
  return wanted.flatMap(({ place, problem }) => (problem === undefined ? [] : [{ place, problem: `${adapter.title} ${problem}` }]));
}

/** What could be read of a list, each with its position. */
const positioned = (names: readonly (string | undefined)[] = []): readonly (readonly [string, number])[] =>
  names.flatMap((name, index) => (name === undefined ? [] : [[name, index] as const]));

const heldBy = { email: 'email', name: 'person', phone: 'phone' } as const;

function pick(place: string, what: string, key: string, choices: Choices, holds?: string): { place: string; problem?: string } {
  if (choices === null) return { place, problem: `has no ${what}s to pick from` };
  const found = choices.find((choice) => choice.key === key);
  const fitting = choices.filter((choice) => holds === undefined || choice.holds === undefined || choice.holds === holds);
  if (found === undefined)
    return {
      place,
      problem: `has no ${what} "${key}"${suggestion(
        key,
        fitting.map((choice) => choice.key),
      )}`,
    };
  if (fitting.includes(found)) return { place };
  return {
    place,
    problem: `keeps ${found.holds} in "${key}", not ${holds}${suggestion(
      '',
      fitting.map((choice) => choice.key),
    )}`,
  };
}

/** Tags that the source does not mean for e-mail tools: allowed, but told. */
export function tagWarnings({ tags }: SoundLink, { adapter, offers }: Account): readonly Problem[] {
  return positioned(tags).flatMap(([key, index]) => {
    const tag = offers?.tags?.find((choice) => choice.key === key);
    if (tag?.holds === undefined || tag.holds === 'email') return [];
    return [
      { place: `tags[${index}]`, problem: `${adapter.title} does not mean the tag "${key}" for e-mail tools; it travels all the same` },
    ];
  });
}

/** A list that is named must be there; a new one needs a provider that can make lists. */
export function checkList({ list }: SoundLink, { adapter, offers }: Account): readonly Problem[] {
  const at = (problem: string): readonly Problem[] => [{ place: 'list', problem: `${adapter.title} ${problem}` }];
  if (list === undefined) return [];
  if (offers?.lists === null) return at('has no lists');
  const known = offers?.lists.map(({ key, label }) => `${key} (${label})`).slice(0, mostListed) ?? [];
  const has = known.length === 0 ? 'it has no list yet' : `it has ${known.join(', ')}`;
  if (typeof list !== 'string')
    return adapter.capabilities['ensureList'] === false
      ? at(`cannot make a list here; name one that exists${offers === undefined ? '' : `, ${has}`}`)
      : [];
  return offers === undefined || offers.lists.some(({ key }) => key === list) ? [] : at(`has no ${list}; ${has}`);
}

/** A field of a list is filled for whom the link puts into that list. */
export function checkFieldsOfList({ list, mapping = [] }: SoundLink): readonly Problem[] {
  if (list === undefined) return [];
  return mapping.flatMap((rule, index) => {
    const to = rule?.to;
    if (to === undefined || !isOfList(to) || (typeof list === 'string' && to.startsWith(`${list}/`))) return [];
    return [{ place: `mapping[${index}].to`, problem: `${to} is a field of another list than that of the link; map one of its own` }];
  });
}

const mostListed = 20;
