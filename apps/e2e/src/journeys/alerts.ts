import { createServer } from 'node:http';
import { eventually } from '@kontaktor/testing';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { addSomeone, setUp, statusOf } from '../world/world';
import type { Journey } from './journeys';

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const told = z.object({
  type: z.string(),
  data: z.object({ condition: z.string(), object: z.object({ id: z.string() }), text: z.string() }),
});

/** F14: what goes wrong is told, and so is that it is well again. */
export function alertJourneys(journey: Journey): void {
  journey('[F14] a key that is revoked is told to the webhook, signed, and so is that it works again', async (world) => {
    const receiver = await startReceiver();
    try {
      await setUp(world);
      await world.stack.api.run(world.link);
      const id = `hook-${world.link}`;
      const rule = { objects: [world.mailId], when: ['connection-suspended'], calm: 0, channels: [id] };
      await world.stack.api.apply({
        alerts: { channels: { [id]: { kind: 'webhook', url: receiver.url, secret } }, rules: { [id]: rule } },
      });
      world.mail.faults.add({ kind: '401', times: 10_000 });
      await addSomeone(world, { email: world.at('ceka') });
      await eventually(() => expect(receiver.messages().map(({ type }) => type)).toEqual(['alert.raised']));
      const [raised] = receiver.messages();
      expect(raised?.data).toMatchObject({ condition: 'connection-suspended', object: { id: world.mailId } });
      expect(raised?.data.text).not.toContain(world.at('ceka'));
      world.mail.faults.clear();
      await eventually(async () => expect(await world.stack.api.checkConnection(world.mailId)).toMatchObject({ ok: true }));
      await eventually(() => expect(receiver.messages().map(({ type }) => type)).toEqual(['alert.raised', 'alert.recovered']));
      await eventually(() => expect(statusOf(world, world.at('ceka'))).toBe(1));
    } finally {
      await receiver.stop();
    }
  });
}

/** Receives webhooks, and reads those that are signed rightly. */
async function startReceiver() {
  const received: z.infer<typeof told>[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      received.push(told.parse(new Webhook(secret).verify(text, headers)));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    messages: () => received,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
