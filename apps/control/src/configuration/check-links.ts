import type { Account } from '../checks/account';
import { checkLink } from '../checks/check-link';
import { tagWarnings } from '../checks/check-offers';
import { suggestion } from '../document/closest';
import { placeOf } from '../document/place';
import type { ParsedLink } from '../document/parse-document';
import type { SoundLink } from '../document/sound-part';
import type { Problem } from '../http/refusal';
import type { Accounts } from './accounts';
import type { CheckedLink } from './link-draft';

/** What could be read of a link, and the accounts at its ends as far as they are known. */
export interface LinkReading {
  readonly linkId: string;
  readonly sound: SoundLink;
  readonly source: Account | undefined;
  readonly destination: Account | undefined;
}

export interface CheckedLinks {
  readonly links: readonly CheckedLink[];
  readonly readings: readonly LinkReading[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Checks all links of a document against the accounts they join. */
export async function checkLinks(accounts: Accounts, parsed: ReadonlyMap<string, ParsedLink>): Promise<CheckedLinks> {
  const checked = await Promise.all([...parsed].map(([linkId, link]) => checkOne(accounts, linkId, link)));
  return {
    links: checked.flatMap(({ links }) => links),
    readings: checked.flatMap(({ readings }) => readings),
    problems: checked.flatMap(({ problems }) => problems),
    warnings: checked.flatMap(({ warnings }) => warnings),
  };
}

async function checkOne(accounts: Accounts, linkId: string, { whole, sound }: ParsedLink): Promise<CheckedLinks> {
  const unknown = (['source', 'destination'] as const).flatMap((place): Problem[] => {
    const id = sound[place];
    return id === undefined || accounts.has(id)
      ? []
      : [{ place, problem: `there is no connection "${id}"${suggestion(id, accounts.ids)}` }];
  });
  const [source, destination] = await Promise.all(
    [sound.source, sound.destination].map((id) => (id === undefined ? undefined : accounts.get(id))),
  );
  const inside = (problems: readonly Problem[]): Problem[] =>
    problems.map(({ place, problem }) => ({ place: `${placeOf(['links', linkId])}${place === '' ? '' : `.${place}`}`, problem }));
  return {
    links:
      whole !== undefined && source !== undefined && destination !== undefined ? [{ linkId, document: whole, source, destination }] : [],
    readings: [{ linkId, sound, source, destination }],
    problems: inside([...unknown, ...checkLink(sound, source, destination)]),
    warnings: source === undefined ? [] : inside(tagWarnings(sound, source)),
  };
}
