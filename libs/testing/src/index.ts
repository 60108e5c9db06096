export * from './test-database';
export * from './eventually';
export * from './tcp-line';
export * from './describe-kafka';
export * from './kafka-broker';
export * from './certificates';
export * from './secure-kafka';
export { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from './otlp-receiver';
