import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AccessController } from './access/access.controller';
import { SessionController } from './access/session.controller';
import { SignInController } from './access/sign-in.controller';
import { WorkspacesController } from './access/workspaces.controller';
import { AlertLoops } from './alerts/alert-loops';
import { AlertsController } from './alerts/http/alerts.controller';
import { ChangeChannel } from './alerts/http/change-channel';
import { AlertChannelsController } from './alerts/http/channels.controller';
import { AlertRulesController } from './alerts/http/rules.controller';
import { ChangeConfiguration } from './configuration/change-configuration';
import { Commit } from './configuration/commit';
import { ConfigurationController } from './configuration/configuration.controller';
import { ConnectionsController } from './connections/connections.controller';
import { Resuming } from './connections/resuming';
import { FailuresController } from './failures/failures.controller';
import { SuspendedConnections } from './failures/suspended-connections';
import { ErrorFilter } from './http/error-filter';
import { LinksController } from './links/links.controller';
import { DeadLetters } from './operations/dead-letters';
import { OperationsController } from './operations/operations.controller';
import { PrivacyController } from './privacy/privacy.controller';
import { AdapterClient } from './providers/adapter-client';
import { AdapterDirectory } from './providers/adapter-directory';
import { ProvidersController } from './providers/providers.controller';
import { ConsentController } from './registry/consent.controller';
import { QuestionsController } from './registry/questions.controller';
import { RegistryClient } from './registry/registry-client';
import { ApprovalsController } from './runs/approvals.controller';
import { Commands } from './runs/commands';
import { RequestedRuns } from './runs/requested-runs';
import { RunProgressListener } from './runs/run-progress.listener';
import { RunsController } from './runs/runs.controller';

const requestsAMinute = 1200;

@Module({
  imports: [ThrottlerModule.forRoot([{ ttl: 60_000, limit: requestsAMinute }])],
  controllers: [
    ...[
      SignInController,
      SessionController,
      WorkspacesController,
      AccessController,
      ProvidersController,
      ConnectionsController,
      LinksController,
      ConfigurationController,
    ],
    ...[RunsController, ApprovalsController, QuestionsController, FailuresController, OperationsController],
    ...[PrivacyController, ConsentController],
    ...[AlertsController, AlertChannelsController, AlertRulesController],
    ...[AdapterDirectory, RunProgressListener],
  ],
  providers: [
    AdapterClient,
    AlertLoops,
    ChangeChannel,
    RegistryClient,
    ChangeConfiguration,
    Commit,
    Commands,
    RequestedRuns,
    DeadLetters,
    Resuming,
    SuspendedConnections,
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
})
export class ControlModule {}
