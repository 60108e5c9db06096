export const subscriptionStatuses = ['subscribed', 'unsubscribed', 'soft-bounced', 'hard-bounced', 'complained', 'unconfirmed'] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];
