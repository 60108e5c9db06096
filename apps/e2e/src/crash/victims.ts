import { serviceNames, type Services } from '@kontaktor/services';
import type { KafkaBroker } from '@kontaktor/testing';
import type { KillablePostgres } from './killable-postgres';

export interface Victim {
  readonly name: string;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** Everything that can be killed: each service, the broker and the database. */
export function victimsOf(services: Services, broker: KafkaBroker, postgres: KillablePostgres): readonly Victim[] {
  return [
    ...serviceNames.map((name): Victim => {
      const service = services.processes[name];
      return { name, kill: () => service.kill('SIGKILL'), restart: () => service.start() };
    }),
    { name: 'kafka', kill: () => broker.kill(), restart: () => broker.restart() },
    { name: 'postgres', kill: () => postgres.kill(), restart: () => postgres.restart() },
  ];
}

/** Services that ended by themselves are started again, as Kubernetes would do. Answers their names. */
export async function restartEnded(services: Services): Promise<readonly string[]> {
  const ended = serviceNames.filter((name) => services.processes[name].pid === undefined);
  for (const name of ended) await services.processes[name].start();
  return ended;
}
