import fc from 'fast-check';
import { createLogger, maskAddresses, NestLogger } from './index';

function capture() {
  const lines: string[] = [];
  return { lines, logger: createLogger('registry', 'trace', { write: (line: string) => void lines.push(line) }) };
}
const parsed = (lines: readonly string[]): Record<string, unknown>[] => lines.map((line) => JSON.parse(line));

describe('log lines', () => {
  const mail = 'jana.nováková+news@firma.test';

  it('[F16] show no mail address, wherever it stands', () => {
    const { lines, logger } = capture();
    const cause = new Error(`duplicate key (email)=(${mail})`);
    logger.info(`read ${mail}`);
    logger.info('read %s, %o', mail, { mail });
    logger.info({ contact: { addresses: [mail, { email: mail }] }, [mail]: 1 }, 'nested');
    logger.error({ err: new Error(`no ${mail}`, { cause }) }, 'failed');
    logger.error({ err: new Error(`no message of ours: ${mail}`) });
    logger.error(new Error(`bare ${mail}`));
    logger.child({ who: mail }).warn({ url: `/subscribers/jana%40firma.test/x` }, `a\n${mail}\t"${mail}"`);
    expect(lines).toHaveLength(7);
    expect(lines.join('')).not.toMatch(/jana|firma/);
    expect(parsed(lines)[0]).toMatchObject({ level: 'info', service: 'registry', msg: 'read [address]' });
    expect(parsed(lines)[6]).toMatchObject({ who: '[address]', url: '/subscribers/[address]/x', msg: 'a\n[address]\t"[address]"' });
  });

  it('[F16] tell of an error its code and causes, not the row that a database error quotes', () => {
    const { lines, logger } = capture();
    const row = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (phone)=(777123456) already exists.' });
    logger.error({ err: new Error('not stored', { cause: row }) }, 'failed');
    expect(parsed(lines)[0]?.['err']).toMatchObject({ message: 'not stored', causes: [{ message: 'duplicate key', code: '23505' }] });
    expect(lines.join('')).not.toContain('777123456');
  });

  it('[F16] stay JSON with the same text around the addresses', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(mail), fc.string({ unit: 'binary' }))), (parts) => {
        const { lines, logger } = capture();
        logger.info({ parts }, parts.join(' '));
        expect(lines.join('')).not.toMatch(/jana|firma/);
        expect(parsed(lines)).toHaveLength(1);
        if (!parts.some((part) => part.includes('@') || part.includes('%40'))) expect(parsed(lines)[0]?.['parts']).toEqual(parts);
      }),
    );
  });

  it('masks in a long text without spaces as well', () => {
    expect(maskAddresses(`${'a'.repeat(300_000)}@firma.test ${'@'.repeat(100_000)}`)).not.toContain('firma');
  });

  it('[F16] keep the stack of an error that Nest tells, and the text of an object', () => {
    const { lines, logger } = capture();
    new NestLogger(logger).error(new TypeError('not a function'));
    new NestLogger(logger).warn({ route: '/x' });
    expect(parsed(lines)[0]).toMatchObject({
      level: 'error',
      msg: 'not a function',
      err: { type: 'TypeError', stack: expect.any(String) },
    });
    expect(parsed(lines)[1]).toMatchObject({ msg: '{"route":"/x"}' });
  });
});
