import { readConfig } from '@kontaktor/config';
import { hostEnvironment } from './host-environment';

/** A call to a provider is given up after so long. */
export const callTimeoutMs = readConfig(hostEnvironment).KONTAKTOR_CALL_TIMEOUT * 1000;
/** Whoever took work, and was killed with it, holds it for so long; all that is waited for in one piece ends well before. */
export const claimLeaseMs = 4 * callTimeoutMs;
