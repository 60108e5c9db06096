import { deploymentShape, type Deployment } from '../src/resource';

const probe = (path: string) => ({ httpGet: { path, port: 'http' } });

/** A Deployment of the scheduler to which nothing can be objected; `change` makes it worse. */
export function goodDeployment(change: (pod: Deployment['spec']['template']['spec']) => void = () => undefined): Deployment {
  const deployment = deploymentShape.parse({
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'scheduler' } },
    spec: {
      selector: { matchLabels: { app: 'scheduler' } },
      template: {
        metadata: { labels: { app: 'scheduler' } },
        spec: {
          ...{ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } },
          volumes: [{ name: 'secrets', secret: { secretName: 'kontaktor' } }],
          containers: [
            {
              ...{ name: 'service', image: 'kontaktor/scheduler:1.0' },
              ...{ startupProbe: probe('/health/live'), livenessProbe: probe('/health/live'), readinessProbe: probe('/health/ready') },
              env: [
                ...['DATABASE_URL', 'KONTAKTOR_MASTER_KEY', 'KONTAKTOR_SERVICE_TOKEN'].map((name) => ({
                  name: `${name}_FILE`,
                  value: `/run/secrets/${name}`,
                })),
                { name: 'KAFKA_BROKERS', value: 'kafka:9092' },
              ],
              volumeMounts: [{ name: 'secrets', mountPath: '/run/secrets' }],
              securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
              resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } },
            },
          ],
        },
      },
    },
  });
  change(deployment.spec.template.spec);
  return deployment;
}
