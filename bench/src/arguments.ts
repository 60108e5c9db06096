import { parseArgs } from 'node:util';
import { z } from 'zod';

export const scenarioNames = ['registry', 'relay', 'first-run', 'no-change-run', 'latency', 'memory'] as const;
export type ScenarioName = (typeof scenarioNames)[number];
export type TransportKind = 'embedded' | 'kafka';

export interface Settings {
  readonly scenario: ScenarioName;
  readonly json: boolean;
  readonly contacts: number;
  readonly transport: TransportKind;
  readonly runs: number;
}

const whole = (name: string) => z.coerce.number(`${name} must be a whole number`).int().min(1, `${name} must be 1 or more`);
const shape = z.object({
  scenario: z.enum(scenarioNames, `name a scenario: ${scenarioNames.join(', ')}`),
  json: z.boolean(),
  contacts: whole('--contacts'),
  transport: z.enum(['embedded', 'kafka'], '--transport must be embedded or kafka'),
  runs: whole('--runs'),
});

/** @throws Error that names all that is wrong with the command */
export function readArguments(args: readonly string[]): Settings {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      contacts: { type: 'string', default: '10000' },
      transport: { type: 'string', default: 'embedded' },
      runs: { type: 'string', default: '1' },
    },
  });
  const [scenario, ...more] = positionals;
  if (more.length > 0) throw new Error(`one scenario at a time: ${scenarioNames.join(', ')}`);
  const read = shape.safeParse({ scenario, ...values });
  if (!read.success) throw new Error(read.error.issues.map(({ message }) => message).join('; '));
  return read.data;
}
