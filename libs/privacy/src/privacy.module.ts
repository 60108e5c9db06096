import {
  createEvent,
  causedBy,
  erasedPerson,
  erasureReported,
  erasureRequested,
  personSuppressed,
  type ErasureRequested,
  type EventOf,
  type PersonSuppressed,
} from '@kontaktor/contracts';
import { BatchHandler } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Controller, Inject, Module, type DynamicModule } from '@nestjs/common';
import { eraseFromMessages } from './erase-from-messages';
import type { NamedPerson } from './named-person';
import { PersonKey } from './person-key';
import { keepOutErasures, keepSuppressions, suppressionsOf } from './suppressions';

/** Erases a person from the tables of one service, apart from those that all have. Answers how many rows, by table. */
export type EraseOwnRows = (tx: Tx, person: NamedPerson) => Promise<Readonly<Record<string, number>>>;

const ERASE_OWN_ROWS = Symbol('EraseOwnRows');

/** Erases people from a service's tables when it is asked to, and keeps who stays out. */
@Controller()
class PrivacyController {
  private readonly key: PersonKey;

  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    @Inject(ERASE_OWN_ROWS) private readonly eraseOwnRows: EraseOwnRows,
  ) {
    this.key = new PersonKey(context.settings.masterKey);
  }

  @BatchHandler(personSuppressed)
  async onSuppressed(events: readonly EventOf<PersonSuppressed>[], tx: Tx): Promise<void> {
    await keepSuppressions(tx, events);
  }

  @BatchHandler(erasureRequested)
  async onErasure(events: readonly EventOf<ErasureRequested>[], tx: Tx): Promise<void> {
    await keepOutErasures(tx);
    for (const event of events) await this.erase(tx, event);
  }

  private async erase(tx: Tx, event: EventOf<ErasureRequested>): Promise<void> {
    const { workspaceId, data } = event;
    const { erasureId, at, hashes, keyId } = data;
    await keepSuppressions(
      tx,
      suppressionsOf(hashes, { since: at, erasureId, keyId }).map((one) => ({ workspaceId, data: one })),
    );
    const person = { workspaceId, ...erasedPerson.parse(JSON.parse(this.key.open(data.person, `${workspaceId}/${erasureId}`))) };
    const rows = { ...(await eraseFromMessages(tx, person)), ...(await this.eraseOwnRows(tx, person)) };
    const removed = Object.fromEntries(Object.entries(rows).filter(([, count]) => count > 0));
    const report = { erasureId, service: this.context.name, removed, at: new Date().toISOString() };
    await this.context.messaging.outbox.append(tx, erasureReported, [createEvent(erasureReported, causedBy(event), report)]);
  }
}

@Module({})
export class PrivacyModule {
  static of(eraseOwnRows: EraseOwnRows): DynamicModule {
    return { module: PrivacyModule, controllers: [PrivacyController], providers: [{ provide: ERASE_OWN_ROWS, useValue: eraseOwnRows }] };
  }
}
