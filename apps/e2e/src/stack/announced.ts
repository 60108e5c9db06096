import { eventually } from '@kontaktor/testing';
import { z } from 'zod';
import type { Api } from './api';

const shape = z.object({ providers: z.array(z.object({ provider: z.string() })) });

/** Adapters announce themselves over the wire, moments after they have started. */
export function adaptersAnnounced(api: Api, withinMs = 30_000): Promise<void> {
  return eventually(async () => {
    const { providers } = shape.parse(await api.take('GET', '/providers'));
    const names = providers.map(({ provider }) => provider);
    expect(names).toEqual(expect.arrayContaining(['oneclick', 'ecomail']));
  }, withinMs);
}
