import { addSomeone, type Someone, type World } from '../world/world';

/** People by what happens to them meanwhile; one group for each, so that what has to come out of it is plain. */
export const groups = ['moves', 'opts-out-by-link', 'opts-out-unseen', 'comes-and-goes', 'is-edited', 'was-there-before'] as const;
export type Group = (typeof groups)[number];

export interface Member extends Someone {
  readonly group: Group;
  /** The first address; one who moves has another later. */
  readonly email: string;
}

const nameOf = (index: number): string => `clovek.${index}`;
const groupOf = (index: number): Group => groups[index % groups.length] ?? 'is-edited';

/** Names, for `at`, of those who are in the Ecomail account before. */
export const namesBefore = (size: number): readonly string[] =>
  Array.from({ length: size }, (_, index) => index)
    .filter((index) => groupOf(index) === 'was-there-before')
    .map(nameOf);

export async function gather(world: World, size: number): Promise<readonly Member[]> {
  const members: Member[] = [];
  for (let index = 0; index < size; index += 1) {
    const email = world.at(nameOf(index));
    const someone = await addSomeone(world, { email, name: `Firma ${index}`, first_name: 'Jana', last_name: `Malá ${index}` });
    members.push({ ...someone, group: groupOf(index), email });
  }
  return members;
}
