import { z } from 'zod';
import { plainWords } from './plain-words';

const schema = z.object({
  key: z.string().min(8),
  own: z.string().min(3, 'must be the key from Ecomail').optional(),
  kind: z.enum(['a', 'b', 'c']).optional(),
  share: z.number().min(0).max(1).optional(),
  count: z.int().gt(0).optional(),
  names: z.array(z.string()).max(2).optional(),
  address: z.email().optional(),
});
const told = (value: object) =>
  schema.safeParse(value, { error: plainWords }).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);

describe('what zod finds, in plain words', () => {
  it('[A1] [F15] says what to do, and repeats no value', () => {
    expect(told({})).toEqual(['key is missing']);
    expect(told({ key: null })).toEqual(['key is blank: fill it in, or leave the key out']);
    const wrong = { key: 'secret', own: 'x', kind: 'secret', share: 3, count: 0, names: ['a', 'b', 'secret'], address: 'secret' };
    expect(told(wrong)).toEqual([
      'key must have 8 characters at least',
      'own must be the key from Ecomail',
      'kind must be a, b or c',
      'share must be 1 at most',
      'count must be more than 0',
      'names must have 2 entries at most',
      'address must be an e-mail address',
    ]);
    expect(told({ key: 7, count: 0.5, names: 'a' })).toEqual([
      'key must be a text',
      'count must be a whole number',
      'names must be a list',
    ]);
  });
});
