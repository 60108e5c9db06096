// Lints docs/api/ by the recommended rules of its standards. Warnings fail too.
import { createConfig, formatProblems, getTotals, lint } from '@redocly/openapi-core';

const problems = await lint({ ref: 'docs/api/openapi.json', config: await createConfig({ extends: ['recommended'] }) });
if (problems.length > 0) formatProblems(problems, { format: 'codeframe', totals: getTotals(problems), version: '' });
process.exitCode = problems.length > 0 ? 1 : 0;
