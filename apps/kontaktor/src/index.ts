export { readDocument } from './document/read-document';
export { Failure } from './failure';
