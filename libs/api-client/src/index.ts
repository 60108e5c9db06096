export { ApiClient, type FailuresMeant } from './api-client';
export { ApiAway, ApiFailure, ApiRefusal } from './api-failure';
