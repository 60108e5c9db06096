export { controlEnvironment } from './control-environment';
export { control } from './control';
export { ensureFirstToken } from './access/ensure-first-token';
