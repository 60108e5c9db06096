import { adapterService } from '@kontaktor/adapter-host';
import { ecomail } from '@kontaktor/adapter-ecomail';

/** The service that reads and writes all connections to Ecomail. */
export const ecomailService = adapterService(ecomail);
