import { readConfig } from '@kontaktor/config';
import { hostEnvironment } from './host-environment';

/** A call to a provider is given up after so long. */
export const callTimeoutMs = readConfig(hostEnvironment).KONTAKTOR_CALL_TIMEOUT * 1000;
/** With the wait for its turn a call takes so long at most. */
export const longestCallMs = 2 * callTimeoutMs;
/**
 * A claim on reading work lasts so long and is renewed while its worker lives: whoever was killed with it holds it up no longer. Who lost it
 * writes nothing, so that it need not outlast a call. For claims on writes see `delivery/batch.ts`.
 */
export const claimLeaseMs = 12_000;
