export * from './errors';
export * from './adapter-definition';
export * from './push';
export * from './http/http-client';
export { isPrivateAddress, refusePrivateAddress } from './http/private-address';
