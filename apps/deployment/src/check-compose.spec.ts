import { join } from 'node:path';
import { parse } from 'yaml';
import { checkCompose, composeOf } from './check-compose';
import { composeCheck } from './check-schemas';

const good = `services:
  kafka:
    image: apache/kafka:4.1.0
    healthcheck: { test: [CMD, 'true'] }
  topics:
    image: kontaktor/tools
    build: { context: ., target: tools }
    read_only: true
    cap_drop: [ALL]
    environment: { KAFKA_BROKERS: 'kafka:9092', KAFKA_SASL_PASSWORD: '\${PASSWORD}' }
    depends_on: { kafka: { condition: service_healthy } }
`;
const problemsOf = (text: string, example = 'PASSWORD='): string => {
  const compose: unknown = parse(text);
  return [...composeCheck(join(__dirname, '../schemas'))(compose), ...checkCompose(composeOf(compose), text, example)].join('\n');
};

describe('a compose file', () => {
  it('[F12] is taken when all is well', () => expect(problemsOf(good)).toBe(''));

  it.each([
    ['a key that compose does not have', good.replace('read_only: true', 'read_only: true\n    readonly: true'), '("readonly")'],
    ['a variable nobody reads', good.replace('KAFKA_BROKERS', 'KAFKA_BROKER'), 'sets KAFKA_BROKER, which the program does not read'],
    ['a variable that is missing', good.replace('KAFKA_BROKERS', 'KAFKA_BROKER'), 'must set KAFKA_BROKERS'],
    ['a value the program refuses', good.replace("'kafka:9092'", 'kafka'), 'KAFKA_BROKERS must name the brokers'],
    ['a service that may write to its image', good.replace('read_only: true', 'read_only: false'), 'must be read_only'],
    ['capabilities', good.replace('cap_drop: [ALL]', 'cap_drop: []'), 'must drop all capabilities'],
    [
      'waiting for the health of what has no check',
      good.replace(/ {4}healthcheck.*\n/, ''),
      'waits until kafka is healthy, which has no health check',
    ],
    ['waiting for what there is not', good.replace('  kafka:\n', '  broker:\n'), 'waits for kafka, which there is not'],
    ['an image without version', good.replace('apache/kafka:4.1.0', 'apache/kafka'), 'has no version'],
    ['a variable without explanation', good.replace('PASSWORD}', 'OTHER}'), 'reads OTHER, which .env.example does not explain'],
  ])('[F16] is refused for %s', (_, text, complaint) => expect(problemsOf(text)).toContain(complaint));
});
