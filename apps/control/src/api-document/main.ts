import 'reflect-metadata';
import { SERVICE_CONTEXT } from '@kontaktor/service';
import { Module, Global } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ControlModule } from '../control.module';
import { apiDocument } from './api-document';

/** Stands where a running service has its context: in a preview nothing is made, so nothing asks for it. */
@Global()
@Module({ providers: [{ provide: SERVICE_CONTEXT, useValue: undefined }], exports: [SERVICE_CONTEXT] })
class NoService {}

@Module({ imports: [NoService, ControlModule] })
class Described {}

/** Writes the OpenAPI document to standard output; nothing is started. */
async function main(): Promise<void> {
  const app = await NestFactory.create(Described, new FastifyAdapter(), { preview: true, logger: false, abortOnError: false });
  process.stdout.write(`${JSON.stringify(apiDocument(app, [ControlModule]), null, 2)}\n`);
}

void main();
