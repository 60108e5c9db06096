import type { CampaignDelivered } from '@kontaktor/contracts';

const verbs: Readonly<Record<CampaignDelivered['kind'], string>> = {
  sent: 'odeslána na',
  delivered: 'doručena na',
  opened: 'otevřena příjemcem',
  clicked: 'prokliknuta příjemcem',
  bounced: 'se vrátila z',
  complained: 'označena za spam příjemcem',
  unsubscribed: 'vedla k odhlášení příjemce',
};

/** `Kampaň Jaro 2026 doručena na petr@novak.example`: the text of a diary entry, as the vendor's own link writes it (oneclick.md, section 4). */
export function campaignText({ kind, campaign, address }: CampaignDelivered): string {
  return `Kampaň${campaign === undefined ? '' : ` ${campaign.title}`} ${verbs[kind]} ${address}`;
}
