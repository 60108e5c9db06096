export { topicsVariables } from './topics-variables';
