import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { Document, isCollection } from 'yaml';
import { topicManifests, userManifests } from './kafka-manifests';
import { settingsTables } from './settings-table';

export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly content: string;
}

const note = '# Made by `npm run deployment:generate` from the contracts and the table of who reads and writes what; not edited by hand.\n';
const [begin, end] = ['<!-- settings: begin (made by npm run deployment:generate) -->', '<!-- settings: end -->'];

/** Everything in the repository that is made from code, as it has to be. */
export function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  const files = [
    { path: 'k8s/base/kafka/topics.yaml', content: manifestFile(topicManifests()) },
    { path: 'k8s/base/kafka/users.yaml', content: manifestFile(userManifests()) },
    { path: 'docs/operations.md', content: withTables(readFileSync(join(root, 'docs/operations.md'), 'utf8')) },
  ];
  return Promise.all(files.map((file) => formatted(root, file)));
}

const manifestFile = (manifests: readonly object[]): string => note + manifests.map(manifestText).join('---\n');

/** Of rights there are many: each has a line. */
function manifestText(manifest: object): string {
  const document = new Document(manifest, { aliasDuplicateObjects: false });
  const rights = document.getIn(['spec', 'authorization', 'acls']);
  if (isCollection(rights)) for (const right of rights.items) if (isCollection(right)) right.flow = true;
  return document.toString({ lineWidth: 0 });
}

function withTables(text: string): string {
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/operations.md has lost the marks ${begin} and ${end}.`);
  return `${before}${begin}\n\n${settingsTables()}\n\n${end}${after}`;
}

async function formatted(root: string, { path, content }: GeneratedFile): Promise<GeneratedFile> {
  const filepath = join(root, path);
  return { path, content: await format(content, { ...(await resolveConfig(filepath)), filepath }) };
}
