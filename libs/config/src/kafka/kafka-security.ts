import { readConfig } from '../read-config';
import { usesTls } from './check-kafka';
import { kafkaEnvironment, type KafkaVariables } from './kafka-variables';

/** PEM texts; an absent `ca` means the system's. */
export interface KafkaCertificates {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface KafkaSecurity {
  /** Present: TLS. Asked for each connection, so that certificates renewed in their files are taken up without a restart. */
  readonly certificates?: () => KafkaCertificates;
  readonly sasl?: { readonly mechanism: 'scram-sha-512' | 'scram-sha-256' | 'plain'; readonly username: string; readonly password: string };
}

/** From variables that were read and checked. */
export function kafkaSecurity(read: KafkaVariables, env: NodeJS.ProcessEnv = process.env): KafkaSecurity {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username = '', KAFKA_SASL_PASSWORD: password = '' } = read;
  return {
    ...(usesTls(read) ? { certificates: () => certificatesIn(env) } : {}),
    ...(mechanism === undefined ? {} : { sasl: { mechanism, username, password } }),
  };
}

function certificatesIn(env: NodeJS.ProcessEnv): KafkaCertificates {
  const { KAFKA_SSL_CA: ca, KAFKA_SSL_CERT: cert, KAFKA_SSL_KEY: key } = readConfig(kafkaEnvironment, env);
  return { ca, cert, key };
}
