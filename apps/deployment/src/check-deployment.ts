import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@kontaktor/services';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { checkCompose, composeOf, targetsBuilt } from './check-compose';
import { checkDockerfile } from './check-dockerfile';
import { checkOverlay, targetOf } from './check-overlay';
import { composeCheck, schemaCheck } from './check-schemas';
import { stagesIn, targetsIn } from './dockerfile';
import { generatedFiles } from './generated-files';
import { renderOverlay } from './render-overlay';
import { deploymentsIn, resourcesIn } from './resource';

const overlays = ['k8s/overlays/small', 'k8s/overlays/production'];

export interface Verdict {
  readonly problems: readonly string[];
  /** What could not be looked at, and why. */
  readonly notChecked: readonly string[];
}

/** Everything that deploys the product, checked as far as that is possible without running it. */
export async function checkDeployment(root: string): Promise<Verdict> {
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const dockerfile = read('Dockerfile');
  const targets = targetsIn(stagesIn(dockerfile)).map(({ name }) => name);
  const composeText = read('docker-compose.yml');
  const compose: unknown = parse(composeText, { merge: true });
  const checkSchema = schemaCheck(join(root, 'apps/deployment/schemas'));
  const rendered = overlays.map((overlay) => checkRendered(root, overlay, targets, checkSchema));
  return {
    problems: [
      ...(await checkGenerated(root, read)),
      ...validate(dockerfile).map(({ message, range }) => `Dockerfile line ${range.start.line + 1}: ${message}`),
      ...checkDockerfile(dockerfile, { isBuilt: (file) => existsSync(join(root, file)) }),
      ...composeCheck(join(root, 'apps/deployment/schemas'))(compose),
      ...checkCompose(composeOf(compose), composeText, read('.env.example')),
      ...missing(targets, targetsBuilt(composeOf(compose))).map((name) => `docker-compose.yml: no service is built from target ${name}`),
      ...rendered.flatMap(({ problems }) => problems),
    ],
    notChecked: rendered.flatMap(({ notChecked }) => notChecked),
  };
}

const missing = (wanted: readonly string[], there: readonly string[]): readonly string[] => wanted.filter((name) => !there.includes(name));

async function checkGenerated(root: string, read: (file: string) => string): Promise<readonly string[]> {
  const files = await generatedFiles(root);
  return files
    .filter(({ path, content }) => !existsSync(join(root, path)) || read(path) !== content)
    .map(({ path }) => `${path} is not up to date: run \`npm run deployment:generate\` and commit it`);
}

function checkRendered(root: string, overlay: string, targets: readonly string[], checkSchema: ReturnType<typeof schemaCheck>): Verdict {
  const rendered = renderOverlay(root, overlay);
  if (rendered === 'no renderer') return { problems: [], notChecked: [`${overlay}: there is no kubectl, no kustomize and no Go here`] };
  if ('failure' in rendered) return { problems: [rendered.failure], notChecked: [] };
  const resources = resourcesIn(rendered.text);
  const images = deploymentsIn(resources).flatMap(({ spec }) => spec.template.spec.containers.map(targetOf));
  const problems = [
    ...checkOverlay(resources, checkSchema),
    ...missing(images, targets).map((name) => `image ${name} is no target of the Dockerfile`),
    ...missing(serviceNames, images).map((name) => `service ${name} is not deployed`),
  ];
  return { problems: problems.map((problem) => `${overlay}: ${problem}`), notChecked: [] };
}
