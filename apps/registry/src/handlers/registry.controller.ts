import {
  activityObserved,
  campaignDelivered,
  commandIssued,
  connectionChanged,
  contactObserved,
  contactSynced,
  erasureReported,
  linkChanged,
  personSuppressed,
  readFinished,
  syncRequested,
  type ActivityObserved,
  type CampaignDelivered,
  type CommandIssued,
  type ConnectionChanged,
  type ContactObserved,
  type ContactSynced,
  type ErasureReported,
  type EventOf,
  type LinkChanged,
  type PersonSuppressed,
  type ReadFinished,
  type SyncRequested,
} from '@kontaktor/contracts';
import { BatchHandler } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { Controller, Inject } from '@nestjs/common';
import { applyDeliveries } from '../activities/apply-deliveries';
import { applyTeamActivities } from '../activities/apply-team-activities';
import { applyObservations } from '../observing/apply-observations';
import { applyOutcomes } from '../outcomes/apply-outcomes';
import { learnSuppressions } from '../privacy/erase-again';
import { keepErasureReports } from '../privacy/keep-erasure-outcomes';
import { REGISTRY_PARTS, type RegistryParts } from '../registry-parts';
import { requestRun } from '../runs/request-run';
import { keepReadResult } from '../runs/watch-reads';
import { keepConnections, keepLinks } from './keep-configuration';
import { obeyCommand } from './obey-command';

/** Every topic the registry reads, and the room that takes it in. */
@Controller()
export class RegistryController {
  constructor(@Inject(REGISTRY_PARTS) private readonly parts: RegistryParts) {}

  @BatchHandler(connectionChanged)
  connections(events: readonly EventOf<ConnectionChanged>[], tx: Tx): Promise<void> {
    return keepConnections(tx, this.parts, events);
  }

  @BatchHandler(linkChanged)
  links(events: readonly EventOf<LinkChanged>[], tx: Tx): Promise<void> {
    return keepLinks(tx, this.parts, events);
  }

  @BatchHandler(contactObserved)
  observations(events: readonly EventOf<ContactObserved>[], tx: Tx): Promise<void> {
    return applyObservations(tx, this.parts, events);
  }

  @BatchHandler(readFinished)
  async reads(events: readonly EventOf<ReadFinished>[], tx: Tx): Promise<void> {
    for (const event of events) await keepReadResult(tx, this.parts, event);
  }

  @BatchHandler(syncRequested)
  async runs(events: readonly EventOf<SyncRequested>[], tx: Tx): Promise<void> {
    for (const event of events) await requestRun(tx, this.parts, event);
  }

  @BatchHandler(contactSynced)
  outcomes(events: readonly EventOf<ContactSynced>[], tx: Tx): Promise<void> {
    return applyOutcomes(tx, this.parts, events);
  }

  @BatchHandler(campaignDelivered)
  deliveries(events: readonly EventOf<CampaignDelivered>[], tx: Tx): Promise<void> {
    return applyDeliveries(tx, this.parts, events);
  }

  @BatchHandler(activityObserved)
  activities(events: readonly EventOf<ActivityObserved>[], tx: Tx): Promise<void> {
    return applyTeamActivities(tx, this.parts, events);
  }

  @BatchHandler(erasureReported)
  erasures(events: readonly EventOf<ErasureReported>[], tx: Tx): Promise<void> {
    return keepErasureReports(tx, events);
  }

  @BatchHandler(personSuppressed)
  suppressions(events: readonly EventOf<PersonSuppressed>[], tx: Tx): Promise<void> {
    return learnSuppressions(tx, this.parts, events);
  }

  @BatchHandler(commandIssued)
  async commands(events: readonly EventOf<CommandIssued>[], tx: Tx): Promise<void> {
    for (const event of events) await obeyCommand(tx, this.parts, event);
  }
}
