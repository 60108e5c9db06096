export { describeAdapter } from './describe-adapter';
export { Bench, failureOf, itemOf, keysOf, pagesOf } from './bench';
export type * from './provider-under-test';
