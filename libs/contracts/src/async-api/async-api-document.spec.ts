import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { allTopics } from '../all-topics';
import { asyncApiDocument } from './async-api-document';
import { traffic } from './traffic';

const root = join(__dirname, '../../../..');
/** Where the code of a service is; the adapters share theirs. */
const codeOf = (service: string): string => join(root, service === 'adapter' ? 'libs/adapter-host/src' : `apps/${service}/src`);

function sourcesIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(({ name }) => /(?<!spec)\.ts$/.test(name));
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')).join('\n');
}

/** With the handlers of erasures, where a service takes them from the lib. */
function sourcesOf(service: string): string {
  const own = sourcesIn(codeOf(service));
  return own.includes('PrivacyModule.of(') ? own + sourcesIn(join(root, 'libs/privacy/src')) : own;
}

/** Topics by what their definitions are called in code: `contact.observed` is `contactObserved`. */
const byVariable = new Map(allTopics.map(({ name }) => [name.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase()), name]));
const named = (source: string, pattern: RegExp): readonly string[] =>
  [...new Set([...source.matchAll(pattern)].flatMap(([, variable = '']) => byVariable.get(variable) ?? []))].sort();

describe('the AsyncAPI document', () => {
  it.each(Object.entries(traffic))('[F16] says what %s sends and receives, as its code does', (service, { sends, receives }) => {
    const source = sourcesOf(service);
    expect([...receives].sort()).toEqual(named(source, /@BatchHandler\((\w+)\)/g));
    expect([...sends].sort()).toEqual(named(source, /\bappend\(\s*\w+,\s*(\w+),/g));
  });

  it('[F16] has a channel for every topic, with its key, sent by somebody', () => {
    const { channels, operations } = asyncApiDocument();
    expect(Object.keys(channels).sort()).toEqual(allTopics.map(({ name }) => name).sort());
    for (const { name } of allTopics)
      expect([name, Object.keys(operations).some((id) => id.endsWith(`.send.${name}`))]).toEqual([name, true]);
    expect(channels['contact.observed']).toMatchObject({
      'x-key': '{workspaceId}/{connectionId}/{remoteId}',
      bindings: { kafka: { topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': 1_209_600_000 } } },
    });
    expect(channels['link.changed']).toMatchObject({ bindings: { kafka: { topicConfiguration: { 'cleanup.policy': ['compact'] } } } });
  });

  it('[F16] has examples that fit its schemas', () => {
    const document = asyncApiDocument();
    const ajv = new Ajv({ strict: false, formats: { uuid: true, email: true } });
    ajv.addSchema({ ...document }, 'topics');
    for (const { name, examples } of allTopics) {
      const fits = ajv.compile({ $ref: `topics#/channels/${name}/messages/parcel/payload` });
      expect([name, fits(examples), fits.errors]).toEqual([name, true, null]);
      expect([name, fits([{ ...examples[0], data: 7 }])]).toEqual([name, false]);
    }
  });
});
