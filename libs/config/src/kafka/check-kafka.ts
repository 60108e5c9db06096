import type { z } from 'zod';
import { belongTogether, isCertificate, isPrivateKey } from './pem';
import type { KafkaVariables } from './kafka-variables';

type Given = Partial<KafkaVariables>;

/** A refinement of a schema with `kafkaVariables`: each variable that does not fit beside the others, by name. */
export function checkKafka(given: Given, context: z.RefinementCtx): void {
  const add = (name: keyof Given, message: string): void => context.addIssue({ code: 'custom', path: [name], message });
  for (const [name, message] of [...problemsOfTls(given), ...problemsOfSasl(given)]) add(name, message);
}

/** For `superRefine`: also where single variables are wrong, so that all mistakes are told at once. */
export const always = { when: () => true };

/** Whether the connection is encrypted. */
export const usesTls = ({ KAFKA_SSL, KAFKA_SSL_CA }: Given): boolean =>
  KAFKA_SSL === 'true' || (KAFKA_SSL === undefined && KAFKA_SSL_CA !== undefined);

type Problem = readonly [name: keyof Given, message: string];

function problemsOfTls(given: Given): readonly Problem[] {
  const { KAFKA_SSL_CERT: certificate, KAFKA_SSL_KEY: key } = given;
  const problems: Problem[] = [];
  if (!usesTls(given))
    for (const name of ['KAFKA_SSL_CA', 'KAFKA_SSL_CERT', 'KAFKA_SSL_KEY'] as const)
      if (given[name] !== undefined) problems.push([name, 'is of no use without TLS: set KAFKA_SSL=true']);
  if (certificate !== undefined && key === undefined) problems.push(['KAFKA_SSL_KEY', 'must be set: KAFKA_SSL_CERT needs its private key']);
  if (certificate === undefined && key !== undefined)
    problems.push(['KAFKA_SSL_CERT', 'must be set: KAFKA_SSL_KEY is the key of a certificate']);
  if (
    certificate !== undefined &&
    key !== undefined &&
    isCertificate(certificate) &&
    isPrivateKey(key) &&
    !belongTogether(certificate, key)
  )
    problems.push(['KAFKA_SSL_KEY', 'is not the key of KAFKA_SSL_CERT']);
  return problems;
}

function problemsOfSasl(given: Given): readonly Problem[] {
  const problems: Problem[] = [];
  for (const name of ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'] as const) {
    if (given.KAFKA_SASL_MECHANISM !== undefined && given[name] === undefined)
      problems.push([name, 'must be set: KAFKA_SASL_MECHANISM needs it']);
    if (given.KAFKA_SASL_MECHANISM === undefined && given[name] !== undefined)
      problems.push([name, 'is of no use: KAFKA_SASL_MECHANISM is not set']);
  }
  if (given.KAFKA_SASL_MECHANISM === 'plain' && !usesTls(given))
    problems.push(['KAFKA_SASL_MECHANISM', 'plain would send the password in clear: set KAFKA_SSL=true, or use scram-sha-512']);
  return problems;
}
