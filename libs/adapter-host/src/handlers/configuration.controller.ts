import { connectionChanged, linkChanged, type ConnectionChanged, type EventOf, type LinkChanged } from '@kontaktor/contracts';
import { BatchHandler } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { Controller, Inject } from '@nestjs/common';
import { AdapterRuntime } from '../adapter-runtime';
import { keepConnections } from './keep-connections';
import { keepLinks } from './keep-links';

/** What users set up, as far as it concerns this provider. */
@Controller()
export class ConfigurationController {
  constructor(@Inject(AdapterRuntime) private readonly runtime: AdapterRuntime) {}

  @BatchHandler(connectionChanged)
  async onConnections(events: readonly EventOf<ConnectionChanged>[], tx: Tx): Promise<void> {
    await keepConnections(this.runtime.host.adapter, tx, events);
    // Work that came before its connection may go now.
    for (const loop of Object.values(this.runtime.loops)) tx.afterCommit(loop.nudge);
  }

  @BatchHandler(linkChanged)
  async onLinks(events: readonly EventOf<LinkChanged>[], tx: Tx): Promise<void> {
    await keepLinks(this.runtime.host.adapter.name, tx, events);
    tx.afterCommit(this.runtime.loops.polls.nudge);
  }
}
