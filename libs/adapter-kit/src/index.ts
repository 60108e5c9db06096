export * from './errors';
export * from './adapter-definition';
export * from './push';
export { readAnswer } from './read-answer';
export * from './http/http-client';
export { RequestRejected } from './http/failed-call';
export { withoutPersonalData } from './http/mask';
export { parseJson } from './http/parse-json';
export { isPrivateAddress, publicLookup, refusePrivateAddress } from './http/private-address';
