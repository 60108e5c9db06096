// Lints docs/api/ by the recommended rules of its standards. Warnings fail too.
import { readFileSync } from 'node:fs';
import asyncApi from '@asyncapi/parser';
import { createConfig, formatProblems, getTotals, lint } from '@redocly/openapi-core';

const problems = await lint({ ref: 'docs/api/openapi.json', config: await createConfig({ extends: ['recommended'] }) });
if (problems.length > 0) formatProblems(problems, { format: 'codeframe', totals: getTotals(problems), version: '' });

const topics = readFileSync('docs/api/asyncapi.json', 'utf8');
const diagnostics = await new asyncApi.Parser().validate(topics);
for (const { path, code, message } of diagnostics) console.error(`docs/api/asyncapi.json ${path.join('/')}: ${message} (${code})`);

process.exitCode = problems.length + diagnostics.length > 0 ? 1 : 0;
