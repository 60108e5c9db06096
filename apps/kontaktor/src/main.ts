#!/usr/bin/env node
import { runCommandLine } from './run-command-line';

const streams = { out: process.stdout, err: process.stderr };
void runCommandLine(process.argv.slice(2), streams, process.env).then((code) => (process.exitCode = code));
