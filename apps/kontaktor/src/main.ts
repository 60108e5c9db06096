#!/usr/bin/env node
import { runCommandLine } from './run-command-line';

// Whoever reads may stop reading (`kontaktor runs | head`); that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const streams = { out: process.stdout, err: process.stderr };
void runCommandLine(process.argv.slice(2), streams, process.env).then((code) => (process.exitCode = code));
