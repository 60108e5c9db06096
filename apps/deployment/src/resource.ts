import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const environmentEntry = z.looseObject({ name: z.string(), value: z.string().optional(), valueFrom: z.unknown().optional() });

export const containerShape = z.looseObject({
  name: z.string(),
  image: z.string(),
  env: z.array(environmentEntry).default([]),
  envFrom: z.array(z.looseObject({ configMapRef: z.looseObject({ name: z.string() }).optional() })).default([]),
  securityContext: z
    .looseObject({
      readOnlyRootFilesystem: z.boolean().optional(),
      allowPrivilegeEscalation: z.boolean().optional(),
      capabilities: z.looseObject({ drop: z.array(z.string()).optional() }).optional(),
    })
    .default({}),
  resources: z
    .looseObject({ limits: z.record(z.string(), z.unknown()).optional(), requests: z.record(z.string(), z.unknown()).optional() })
    .default({}),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).default([]),
});
export type Container = z.infer<typeof containerShape>;

export const deploymentShape = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({
        automountServiceAccountToken: z.boolean().optional(),
        securityContext: z
          .looseObject({ runAsNonRoot: z.boolean().optional(), seccompProfile: z.looseObject({ type: z.string() }).optional() })
          .default({}),
        initContainers: z.array(containerShape).default([]),
        containers: z.array(containerShape),
        volumes: z.array(z.looseObject({ name: z.string() })).default([]),
      }),
    }),
  }),
});
export type Deployment = z.infer<typeof deploymentShape>;

const resourceShape = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
  data: z.record(z.string(), z.string()).optional(),
});
export type Resource = z.infer<typeof resourceShape>;

/** The resources of a rendered overlay. @throws for text that is not YAML, or holds something without kind and name */
export function resourcesIn(text: string): readonly Resource[] {
  return parseAllDocuments(text)
    .map((document) => {
      if (document.errors.length > 0) throw new Error(document.errors.map(({ message }) => message).join('; '));
      return document.toJS();
    })
    .filter((one) => one !== null)
    .map((one) => resourceShape.parse(one));
}

export const deploymentsIn = (resources: readonly Resource[]): readonly Deployment[] =>
  resources.filter(({ kind }) => kind === 'Deployment').map((one) => deploymentShape.parse(one));

export const titleOf = ({ kind, metadata }: Resource): string => `${kind} ${metadata.name}`;
