import { activityObserved } from './activity-observed/activity-observed';
import { adapterAnnounced } from './adapter-announced/adapter-announced';
import { campaignDelivered } from './campaign-delivered/campaign-delivered';
import { commandIssued } from './command-issued/command-issued';
import { connectionChanged } from './connection-changed/connection-changed';
import { contactChanged } from './contact-changed/contact-changed';
import { contactObserved } from './contact-observed/contact-observed';
import { contactSynced } from './contact-synced/contact-synced';
import { erasureReported } from './erasure/erasure-reported';
import { erasureRequested } from './erasure/erasure-requested';
import { personSuppressed } from './erasure/person-suppressed';
import { linkChanged } from './link-changed/link-changed';
import { readFinished } from './read/read-finished';
import { readRequested } from './read/read-requested';
import { runProgressed } from './run-progressed/run-progressed';
import { syncRequested } from './sync/sync-requested';
import { webhookReceived } from './webhook-received/webhook-received';
import { writeRequested } from './write-requested/write-requested';

/** Every topic of the product. */
export const allTopics = [
  contactObserved,
  readRequested,
  readFinished,
  syncRequested,
  writeRequested,
  contactSynced,
  contactChanged,
  campaignDelivered,
  activityObserved,
  webhookReceived,
  runProgressed,
  commandIssued,
  connectionChanged,
  linkChanged,
  adapterAnnounced,
  personSuppressed,
  erasureRequested,
  erasureReported,
] as const;
