import { connect, isIP } from 'node:net';
import { checkServerIdentity, connect as connectTls, type PeerCertificate } from 'node:tls';
import type { KafkaSecurity } from '@kontaktor/config';
import { Kafka, logLevel, type ISocketFactory, type SASLOptions } from 'kafkajs';

export interface KafkaConnection {
  /** `host:port` of some brokers; they name the rest. */
  readonly brokers: readonly string[];
  /** Shown in the brokers' logs and quotas. */
  readonly clientId: string;
  /** Told of trouble on the wire that mends itself. Never bears the contents of messages. */
  readonly onError: (error: unknown) => void;
  /** TLS and who we are; absent: in clear, to brokers that ask nobody. */
  readonly security?: KafkaSecurity;
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
export function createClient(connection: KafkaConnection, retries = fewRetries): Kafka {
  const { brokers, clientId, onError, security = {} } = connection;
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
    ...(security.certificates === undefined ? {} : { ssl: true }),
    ...(security.sasl === undefined ? {} : { sasl: saslOf(security.sasl) }),
    socketFactory: socketsOf(connection),
  });
}

/** kafkajs tells its mechanisms apart by a literal each. */
function saslOf({ mechanism, ...user }: NonNullable<KafkaSecurity['sasl']>): SASLOptions {
  if (mechanism === 'plain') return { mechanism, ...user };
  return mechanism === 'scram-sha-256' ? { mechanism, ...user } : { mechanism, ...user };
}

/** The certificate has to be that of the host a broker advertises, whichever way it is reached. */
function socketsOf({ security, routeTo = (address) => address }: KafkaConnection): ISocketFactory {
  const certificates = security?.certificates;
  return ({ host, port, onConnect }) => {
    const address = { ...routeTo({ host, port }), keepAlive: true };
    if (certificates === undefined) return connect(address, onConnect);
    const identity = { checkServerIdentity: (_: string, of: PeerCertificate) => checkServerIdentity(host, of) };
    return connectTls({ ...address, ...certificates(), ...identity, ...(isIP(host) === 0 ? { servername: host } : {}) }, onConnect);
  };
}
