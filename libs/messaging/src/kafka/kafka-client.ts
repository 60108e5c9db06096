import { connect } from 'node:net';
import { Kafka, logLevel, type ISocketFactory } from 'kafkajs';

export interface KafkaConnection {
  /** `host:port` of some brokers; they name the rest. */
  readonly brokers: readonly string[];
  /** Shown in the brokers' logs and quotas. */
  readonly clientId: string;
  /** Told of trouble on the wire that mends itself. Never bears the contents of messages. */
  readonly onError: (error: unknown) => void;
  /** Where a broker is reached from here when not at the address it advertises: through a tunnel, a forwarded port. */
  readonly routeTo?: (address: BrokerAddress) => BrokerAddress;
}

export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
}

/** Tries within about three seconds; what lasts longer is for the caller, who has a pause of its own. */
const fewRetries = 5;
/**
 * About seventeen seconds, longer than a broker takes to start. A consumer that gives up sooner loses its membership, and when it joins anew
 * the group waits until the session of its former self has run out. Longer would hold up a stop while brokers are away.
 */
export const retriesOfConsumer = 12;

/**
 * kafkajs, quiet. Each consumer needs a client of its own: consumers of one client share their committed offsets, and two in one group would
 * clear each other's.
 */
export function createClient({ brokers, clientId, onError, routeTo }: KafkaConnection, retries = fewRetries): Kafka {
  return new Kafka({
    ...{ brokers: [...brokers], clientId },
    retry: { initialRetryTime: 100, multiplier: 2, factor: 0.2, maxRetryTime: 2000, retries },
    connectionTimeout: 5000,
    requestTimeout: 30_000,
    logLevel: logLevel.ERROR,
    logCreator:
      () =>
      ({ namespace, log }) =>
        onError(new Error(`kafka ${namespace}: ${log.message}${typeof log['error'] === 'string' ? `: ${log['error']}` : ''}`)),
    ...(routeTo === undefined ? {} : { socketFactory: socketsThrough(routeTo) }),
  });
}

function socketsThrough(routeTo: (address: BrokerAddress) => BrokerAddress): ISocketFactory {
  return ({ host, port, onConnect }) => connect({ ...routeTo({ host, port }), keepAlive: true }, onConnect);
}
