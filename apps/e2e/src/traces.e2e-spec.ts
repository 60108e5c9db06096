import {
  createTestDatabase,
  describeKafka,
  eventually,
  startOtlpReceiver,
  type OtlpReceiver,
  type ReceivedSpan,
  type TestDatabase,
} from '@kontaktor/testing';
import { startServicesStack } from './stack/start-services-stack';
import { startStandaloneStack } from './stack/start-standalone-stack';
import type { Stack } from './stack/stack';
import { act, addSomeone, inWorld, madeList, setUp, statusOf } from './world/world';

type Start = (databaseUrl: string, environment: NodeJS.ProcessEnv) => Promise<Stack>;

function describeTraces(name: string, start: Start): void {
  describe(`traces ${name}`, () => {
    let receiver: OtlpReceiver;
    let database: TestDatabase;
    let stack: Stack;

    beforeAll(async () => {
      receiver = await startOtlpReceiver();
      database = await createTestDatabase();
      stack = await start(database.url, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '100' });
    }, 120_000);
    afterAll(async () => {
      await stack?.stop();
      await database?.drop();
      await receiver?.stop();
    }, 60_000);

    /** `service: name` of the spans of each trace that has one called so. */
    const tracesWith = (wanted: string): string[][] => {
      const ids = new Set(receiver.spans.filter((span) => titleOf(span) === wanted).map(({ traceId }) => traceId));
      return [...ids].map((id) => receiver.spans.filter(({ traceId }) => traceId === id).map(titleOf));
    };
    const expectOneTrace = (...titles: string[]): Promise<void> =>
      eventually(() => expect(tracesWith(titles[0] ?? '')).toContainEqual(expect.arrayContaining(titles)), 30_000);

    it('[F10] lead from an edit, and from a web hook, through the registry to the call at the provider, and hold nobody’s address', async () => {
      await inWorld(stack, {}, async (world) => {
        await setUp(world);
        await stack.api.run(world.link);
        await addSomeone(world, { email: world.at('jana.novakova') });
        await eventually(() => expect(statusOf(world, world.at('jana.novakova'))).toBe(1));
        await expectOneTrace(
          'adapter-oneclick: look for changes',
          'adapter-oneclick: GET /contacts',
          'registry: process contact.observed',
          'adapter-ecomail: process write.requested',
          'adapter-ecomail: POST /lists/{list}/subscribe-bulk',
          'registry: POST /internal/last-look',
          'registry: process contact.synced',
        );
        const { id: campaign } = world.mail.newCampaign('Jaro', 'Jaro je tu');
        world.mail
          .account()
          .campaigns.find((one) => one.id === campaign)
          ?.recepient_lists.push(madeList(world));
        await act(world.mail, 'campaign-events', [{ campaign, email: world.at('jana.novakova'), kind: 'link_unsubscribe' }]);
        await expectOneTrace(
          'webhook-ingest: POST /hooks/*',
          'adapter-ecomail: process webhook.received',
          'adapter-ecomail: GET /subscribers/{email}',
          'registry: process campaign.delivered',
        );
        await expectOneTrace('registry: run reading', 'registry: run planning', 'adapter-oneclick: read', 'adapter-ecomail: read');
        const domain = world.at('').slice(1);
        for (const secret of [domain, 'novakova', world.crm.account().token, world.mail.account().key])
          expect(receiver.text()).not.toContain(secret);
        expect(receiver.text()).not.toMatch(/\/hooks\/[^*"]/);
      });
    }, 120_000);
  });
}

const titleOf = ({ service, name }: ReceivedSpan): string => `${service}: ${name}`;

describeTraces('in the standalone', startStandaloneStack);
describeKafka('with Kafka', (brokers) => {
  describeTraces('over Kafka, every service a process of its own', (databaseUrl, environment) =>
    startServicesStack(databaseUrl, brokers, () => undefined, environment),
  );
});
