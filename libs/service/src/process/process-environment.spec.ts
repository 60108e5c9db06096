import { readConfig } from '@kontaktor/config';
import { processEnvironment } from './process-environment';

const good = {
  DATABASE_URL: 'postgres://kontaktor@127.0.0.1/kontaktor',
  KAFKA_BROKERS: '127.0.0.1:9092, 127.0.0.1:9093',
  KONTAKTOR_MASTER_KEY: 'ab'.repeat(32),
  KONTAKTOR_SERVICE_TOKEN: 'a-token-of-this-installation',
};

describe('environment of a service', () => {
  it('names every problem at once and repeats no value', () => {
    const wrong = {
      ...{ DATABASE_URL: 'mysql://hunter2', DATABASE_POOL: '1', KONTAKTOR_MASTER_KEY: 'hunter2', KONTAKTOR_SERVICE_TOKEN: 'hunter2' },
      ...{ KONTAKTOR_ALLOW_PRIVATE_URLS: 'hunter2', REGISTRY_URL: 'hunter2', PORT: 'hunter2', LOG_LEVEL: 'hunter2', KAFKA_BROKERS: '' },
    };
    const message = (): string => {
      try {
        return JSON.stringify(readConfig(processEnvironment, wrong));
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    };
    for (const name of Object.keys(wrong)) expect(message()).toContain(`- ${name}: must `);
    expect(message()).not.toContain('hunter2');
  });

  it('reads brokers as a list and has a default for what most do not set', () => {
    const env = readConfig(processEnvironment, { ...good, PORT: '', LOG_LEVEL: '' });
    expect(env.KAFKA_BROKERS).toEqual(['127.0.0.1:9092', '127.0.0.1:9093']);
    expect(env).toMatchObject({ PORT: 0, LOG_LEVEL: 'info', DATABASE_POOL: 8, KONTAKTOR_ALLOW_PRIVATE_URLS: false });
  });

  it.each(['kafka', '127.0.0.1:9092,,', ','])('refuses brokers written as %j', (text) => {
    expect(() => readConfig(processEnvironment, { ...good, KAFKA_BROKERS: text })).toThrow('KAFKA_BROKERS: must name the brokers');
  });

  it('[F12] wants to know where others reach a service that listens at every address', () => {
    expect(() => readConfig(processEnvironment, { ...good, HOST: '0.0.0.0' })).toThrow('SERVICE_URL: must be set');
    expect(readConfig(processEnvironment, { ...good, HOST: '0.0.0.0', SERVICE_URL: 'http://registry:4301' }).HOST).toBe('0.0.0.0');
    expect(readConfig(processEnvironment, { ...good, HOST: '127.0.0.1' }).SERVICE_URL).toBeUndefined();
  });

  it('[F16] tells at once what is wrong in single variables of Kafka and between them', () => {
    const wrong = { ...good, PORT: 'x', KAFKA_SSL_CERT: 'no PEM', KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_PASSWORD: 'hunter2' };
    const reading = (): unknown => readConfig(processEnvironment, wrong);
    for (const part of ['PORT: must be', 'KAFKA_SSL_CERT: must be certificates', 'KAFKA_SSL_CERT: is of no use without TLS'])
      expect(reading).toThrow(part);
    for (const part of ['KAFKA_SSL_KEY: must be set', 'KAFKA_SASL_USERNAME: must be set', 'KAFKA_SASL_MECHANISM: plain would send'])
      expect(reading).toThrow(part);
    expect(reading).not.toThrow('hunter2');
    expect(() => readConfig(processEnvironment, { ...good, KAFKA_SASL_USERNAME: 'x' })).toThrow('KAFKA_SASL_USERNAME: is of no use');
  });
});
