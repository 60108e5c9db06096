export { ApiClient } from './api-client';
export { ApiAway, ApiFailure, ApiRefusal } from './api-failure';
