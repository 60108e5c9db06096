export * from './sealing';
export * from './read-config';
export { kafkaEnvironment, kafkaVariables, type KafkaVariables } from './kafka/kafka-variables';
export { always, checkKafka } from './kafka/check-kafka';
export { kafkaSecurity, type KafkaCertificates, type KafkaSecurity } from './kafka/kafka-security';
export { fillVariables, referredVariable, variableReference, withoutVariables, type Filled } from './variables';
export { eitherOf, plainWords } from './plain-words';
export { tracingVariables } from './tracing-variables';
