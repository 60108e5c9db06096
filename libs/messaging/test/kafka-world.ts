import { openTcpLine, type TcpLine } from '@kontaktor/testing';
import { KafkaTransport, type BrokerAddress } from '../src';
import type { ContractWorld } from './transport-contract';

/** Every broker behind a TCP line of its own, so that a cut really cuts, whatever addresses the brokers advertise. */
export async function startKafkaWorld(brokers: readonly string[]): Promise<ContractWorld & { stop(): Promise<void> }> {
  const lines = new Map<string, TcpLine>();
  for (const broker of brokers) {
    const [host = '', port] = broker.split(':');
    lines.set(broker, await openTcpLine({ host, port: Number(port) }));
  }
  const routeTo = (address: BrokerAddress): BrokerAddress => {
    const line = lines.get(`${address.host}:${address.port}`);
    if (line === undefined)
      throw new Error(`KAFKA_BROKERS has to name every broker as it advertises itself, also ${address.host}:${address.port}.`);
    return { host: '127.0.0.1', port: line.port };
  };
  return {
    connect: async () => new KafkaTransport({ brokers, clientId: 'contract', onError: () => undefined, routeTo }),
    cut: () => lines.forEach((line) => line.cut()),
    mend: () => lines.forEach((line) => line.mend()),
    stop: async () => {
      for (const line of lines.values()) await line.close();
    },
  };
}
