import { gatherProblems } from './gather-problems';

const at = (place: string, problem = 'is wrong') => ({ place, problem });

describe('gathering what several looks at a document found', () => {
  it('[F15] what a later look finds at a place that is told already comes of that, and is not told', () => {
    const looks = [[at('links.a.list', 'is missing')], [at('links.a.list', 'Ecomail has no list'), at('links.a.tags[0]')]];
    expect(gatherProblems(looks)).toEqual([at('links.a.list', 'is missing'), at('links.a.tags[0]')]);
    expect(gatherProblems([[at('filter', 'no field x'), at('filter', 'no field y')]])).toHaveLength(2);
    expect(gatherProblems([[at('', 'one')], [at('', 'another')]])).toHaveLength(2);
  });

  it('[F15] each is told once, in the order of places', () => {
    const looks = [[at('mapping[10].to'), at('mapping[2].to'), at('mapping[2].to')], [at('links')]];
    expect(gatherProblems(looks).map(({ place }) => place)).toEqual(['links', 'mapping[2].to', 'mapping[10].to']);
  });
});
