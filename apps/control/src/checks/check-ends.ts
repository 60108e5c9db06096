import type { SoundLink } from '../document/sound-part';
import type { Problem } from '../http/refusal';
import type { Account } from './account';

/** What the two ends of a link must be able to do. */
export function checkEnds(link: SoundLink, source: Account | undefined, destination: Account | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  if (link.source !== undefined && link.source === link.destination)
    problems.push({ place: 'destination', problem: 'must be another connection than the source' });
  if (source !== undefined && !source.adapter.roles.includes('source'))
    problems.push({ place: 'source', problem: `${source.adapter.title} cannot be a source` });
  if (destination !== undefined && !destination.adapter.roles.includes('destination'))
    problems.push({ place: 'destination', problem: `${destination.adapter.title} cannot be a destination` });
  return [...problems, ...missingAbilities(link, source)];
}

/** Only what an adapter says that it lacks is refused. */
function missingAbilities(link: SoundLink, source: Account | undefined): Problem[] {
  const lacks = (ability: string): boolean => source?.adapter.capabilities[ability] === false;
  const wanted = [
    { place: 'diary', on: link.diary && lacks('diary'), what: 'has no diary to write to' },
    { place: 'mark', on: link.mark && lacks('marks'), what: 'cannot bear a mark' },
  ];
  const missing = wanted
    .filter(({ on }) => on)
    .map(({ place, what }) => ({ place, problem: `${source?.adapter.title} ${what}; write ${place}: false` }));
  if (link.sharedAddress !== 'newest' || !lacks('changeTimes')) return missing;
  const timeless = `${source?.adapter.title} does not say when a person was last changed, so nobody is the newest; write first, merge or skip`;
  return [...missing, { place: 'sharedAddress', problem: timeless }];
}
