export type { Campaign, EcomailAccount, MailingList, Membership, Subscriber, Triggered } from './account';
export { startEcomailSimulator, type EcomailSimulator, type EcomailSimulatorOptions } from './start-simulator';
export { sampleEcomailAccount, type SampleEcomailOptions } from './sample-account';
export type { CampaignEvent } from './webhook-batch';
export type { Switches } from './switches';
