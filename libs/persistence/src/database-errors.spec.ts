import { isDatabaseUnavailable } from './database-errors';

describe('telling a database that is away from an event that is wrong', () => {
  it.each([
    ['08006', 'connection failure'],
    ['57P01', 'shutting down'],
    ['53100', 'disk full'],
    ['53200', 'out of memory'],
    ['53300', 'too many connections'],
    ['25006', 'a standby after a switch-over'],
    ['EAI_AGAIN', 'name service away'],
  ])('[F12] %s (%s) blames nobody: wait and try again', (code) => {
    expect(isDatabaseUnavailable(Object.assign(new Error('x'), { code }))).toBe(true);
  });

  it.each(['23505', '22P05', '42P01', '57014'])('[F12] %s is the fault of what was asked', (code) => {
    expect(isDatabaseUnavailable(Object.assign(new Error('x'), { code }))).toBe(false);
  });
});
