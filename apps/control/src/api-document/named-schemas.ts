import * as views from '@kontaktor/contracts';
import { z } from 'zod';
import { channelDocument, ruleDocument } from '../document/alert-document';
import { configurationDocument, connectionDocument } from '../document/document';
import { linkDocument } from '../document/link-document';
import { linksView, linkView } from '../links/link-views';
import { examples } from './examples';

type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas that stand in the document by a name, so that each is written once. */
const answers = {
  ...{ ApiError: views.apiError, Problem: views.placedProblem, ChangeReport: views.changeReport },
  ...{ Connection: views.connectionView, Connections: views.connectionsView, Providers: views.providersView },
  ...{ Link: linkView, Links: linksView, SavedLinkDocument: linkDocument },
  ...{ CheckAnswer: views.checkAnswer, DescribeAnswer: views.describeAnswer },
  ...{ Run: views.runView, Runs: views.runsView, StartedRun: views.startedRun, IssuedCommand: views.issuedCommand },
  ...{ Plan: views.planView, Command: views.commandView, WritesStopped: views.stopView, DeletedLink: views.deletedLink },
  ...{ Why: views.whyView, Journal: views.journalView, Failures: views.errorInbox, People: views.peopleView },
  ...{ ErasurePreview: views.erasurePreview, ErasureReceipt: views.erasureReceipt, Erasures: views.erasuresView },
  ...{ PersonExport: views.personExport },
  ...{ RetriedFailures: views.retriedFailures, Audit: views.auditView },
  ...{ DeadLetters: views.deadLettersView, SentAgain: views.sentAgainView },
  ...{ Alerts: views.alertsView, Alert: views.alertWithDeliveries, AlertRules: views.alertRulesView },
  ...{ AlertChannels: views.alertChannelsView, AlertChannel: views.alertChannelView },
  ...{ ChannelTested: views.channelTested, RotatedSecret: views.rotatedSecret },
  ...{
    IssuedToken: views.issuedToken,
    Me: views.meView,
    Workspaces: views.workspacesView,
    SignedIn: views.signedIn,
    Tokens: views.tokensView,
    Users: views.usersView,
  },
};

const requests = {
  ...{ ConfigurationDocument: configurationDocument, ConnectionDocument: connectionDocument, LinkDocument: linkDocument },
  ...{ AlertChannelDocument: channelDocument, AlertRuleDocument: ruleDocument },
};

/** zod states the limits of a safe integer; they only make noise. */
const options = {
  unrepresentable: 'any',
  override: ({ jsonSchema }: { jsonSchema: { minimum?: number; maximum?: number } }): void => {
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  },
} as const;

const uri = (id: string): string => `#/components/schemas/${id}`;

function registryOf(schemas: Readonly<Record<string, z.ZodType>>) {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  return registry;
}
const known = { output: registryOf(answers), input: registryOf(requests) };

/** The schema as OpenAPI 3.1 has it: a reference where it has a name. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const named = known[io].get(schema);
  if (named !== undefined) return { $ref: uri(named.id) };
  return bare(z.toJSONSchema(schema, { io, ...options }));
}

/** All that have a name, for `components/schemas`. */
export function namedSchemas(): Readonly<Record<string, JsonSchema>> {
  const all = (['output', 'input'] as const).flatMap((io) => Object.entries(z.toJSONSchema(known[io], { io, uri, ...options }).schemas));
  return Object.fromEntries(
    all.map(([name, schema]) => [name, { ...bare(schema), ...(name in examples ? { examples: [examples[name]] } : {}) }]),
  );
}

function bare(schema: object): JsonSchema {
  const { $schema: _schema, $id: _id, id: _name, ...rest } = { $schema: '', $id: '', id: '', ...schema };
  return rest;
}
