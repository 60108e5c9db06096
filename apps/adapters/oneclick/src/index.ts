import { adapterService } from '@kontaktor/adapter-host';
import { oneclick } from '@kontaktor/adapter-oneclick';

/** The service that reads and writes all connections to 1CLICK. */
export const oneclickService = adapterService(oneclick);
