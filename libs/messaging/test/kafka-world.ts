import { openTcpLine, type TcpLine } from '@kontaktor/testing';
import { KafkaTransport, type BrokerAddress, type KafkaConnection } from '../src';
import type { ContractWorld } from './transport-contract';

export interface KafkaWorld extends ContractWorld {
  /** To the brokers, through the lines. */
  readonly connection: KafkaConnection;
  stop(): Promise<void>;
}

/** Every broker behind a TCP line of its own, so that a cut really cuts, whatever addresses the brokers advertise. */
export async function startKafkaWorld(brokers: readonly string[]): Promise<KafkaWorld> {
  const lines = new Map<string, TcpLine>();
  for (const broker of brokers) {
    const [host = '', port] = broker.split(':');
    lines.set(broker, await openTcpLine({ host, port: Number(port) }));
  }
  const routeTo = ({ host, port }: BrokerAddress): BrokerAddress => {
    const line = lines.get(`${host}:${port}`);
    if (line === undefined) throw new Error(`KAFKA_BROKERS has to name every broker as it advertises itself, also ${host}:${port}.`);
    return { host: '127.0.0.1', port: line.port };
  };
  const connection = { brokers, clientId: 'contract', onError: () => undefined, routeTo };
  return {
    connection,
    connect: async () => new KafkaTransport(connection),
    cut: () => lines.forEach((line) => line.cut()),
    mend: () => lines.forEach((line) => line.mend()),
    stop: async () => {
      for (const line of lines.values()) await line.close();
    },
  };
}
