/** Where a provider's users enter the address, by provider and endpoint, as far as that is known. */
const places: Readonly<Record<string, string>> = {
  'ecomail campaigns': 'paste it into Ecomail: Account, Integrations, "Webhook – informace o kampaních"',
  'ecomail list-status': "paste it into Ecomail: the list's own webhook",
};

/** A connection with the addresses that its provider shall call. */
export interface Called {
  readonly id: string;
  readonly provider: string;
  /** By endpoint. Absent: not for the eyes of this token. */
  readonly webhookUrls?: Readonly<Record<string, string>> | undefined;
}

/** One line for each address: which connection, for what, the address and where to enter it. */
export function webhookLines({ id, provider, webhookUrls = {} }: Called): readonly string[] {
  return Object.entries(webhookUrls).map(([endpoint, url]) => {
    const place = places[`${provider} ${endpoint}`];
    return `webhook of ${id} for ${endpoint}: ${url}${place === undefined ? '' : ` (${place})`}`;
  });
}
