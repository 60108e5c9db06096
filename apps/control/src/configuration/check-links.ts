import { checkLink } from '../checks/check-link';
import { tagWarnings } from '../checks/check-offers';
import { suggestion } from '../document/closest';
import { placeOf } from '../document/place';
import type { ParsedLink } from '../document/parse-document';
import type { Problem } from '../http/refusal';
import type { Accounts } from './accounts';
import type { CheckedLink } from './link-draft';

export interface CheckedLinks {
  readonly links: readonly CheckedLink[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Checks all links of a document against the accounts they join. */
export async function checkLinks(accounts: Accounts, parsed: ReadonlyMap<string, ParsedLink>): Promise<CheckedLinks> {
  const checked = await Promise.all([...parsed].map(([linkId, link]) => checkOne(accounts, linkId, link)));
  return {
    links: checked.flatMap(({ links }) => links),
    problems: checked.flatMap(({ problems }) => problems),
    warnings: checked.flatMap(({ warnings }) => warnings),
  };
}

async function checkOne(accounts: Accounts, linkId: string, { whole, partial, rulePositions }: ParsedLink): Promise<CheckedLinks> {
  const unknown = (['source', 'destination'] as const).flatMap((place): Problem[] => {
    const id = partial[place];
    return id === undefined || accounts.has(id)
      ? []
      : [{ place, problem: `there is no connection "${id}"${suggestion(id, accounts.ids)}` }];
  });
  const [source, destination] = await Promise.all(
    [partial.source, partial.destination].map((id) => (id === undefined ? undefined : accounts.get(id))),
  );
  const inside = (problems: readonly Problem[]): Problem[] =>
    problems.map(({ place, problem }) => ({ place: `${placeOf(['links', linkId])}${place === '' ? '' : `.${place}`}`, problem }));
  return {
    links:
      whole !== undefined && source !== undefined && destination !== undefined ? [{ linkId, document: whole, source, destination }] : [],
    problems: inside([...unknown, ...checkLink(partial, source, destination, rulePositions)]),
    warnings: source === undefined ? [] : inside(tagWarnings(partial, source)),
  };
}
