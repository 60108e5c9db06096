import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as contracts from '@kontaktor/contracts';
import { appFolders, serviceNames, type ServiceName } from '@kontaktor/services';
import { topicsOf } from './service-topics';

const root = resolve(__dirname, '../../..');
const topicNames = new Map(
  Object.entries(contracts).flatMap(([name, value]) => {
    const topic = contracts.allTopics.find((one) => one === value);
    return topic === undefined ? [] : [[name, topic.name] as const];
  }),
);

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

const usesPrivacy = (folder: string): boolean => sourcesIn(folder).some((text) => text.includes('PrivacyModule.of('));

/** Of the service itself, and of what it is made with. */
const foldersOf = (service: ServiceName): readonly string[] => {
  const own = join(root, 'apps', appFolders[service], 'src');
  const folders = service.startsWith('adapter-') ? [own, join(root, 'libs/adapter-host/src')] : [own];
  return folders.some(usesPrivacy) ? [...folders, join(root, 'libs/privacy/src')] : folders;
};

const topicsIn = (sources: readonly string[], pattern: RegExp): readonly string[] =>
  [
    ...new Set(
      sources.flatMap((text) => [...text.matchAll(pattern)].map(([, variable = '']) => topicNames.get(variable) ?? `? ${variable}`)),
    ),
  ].sort();

describe('the table of who reads and writes which topic', () => {
  it.each(serviceNames)(
    '[F16] says of %s what its sources say: nothing is missing at Kafka, nothing is allowed that is not needed',
    (service) => {
      const sources = foldersOf(service).flatMap(sourcesIn);
      const { receives, sends } = topicsOf(service);
      expect([...receives].sort()).toEqual(topicsIn(sources, /@BatchHandler\((\w+)\)/g));
      expect([...sends].sort()).toEqual(topicsIn(sources, /outbox\.append\(\s*tx,\s*(\w+)/g));
    },
  );
});
