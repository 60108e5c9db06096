import { itemRejected, type Choice, type FieldTable } from '@kontaktor/adapter-kit';
import { ensureListAnswer, ensureListRequest, settingsRequest, type CheckAnswer, type DescribeAnswer } from '@kontaktor/contracts';
import { ServiceTokenGuard } from '@kontaktor/service';
import { Body, Controller, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import type { z } from 'zod';
import { AdapterRuntime } from '../adapter-runtime';
import type { ProviderContext } from '../connections/connections';
import { checkSettings } from './check-settings';
import { providerFailureOf, readBody } from './provider-failure';
import { withAccount } from './with-account';

/** Calls for settings in clear, made once: while a user sets a connection up. */
@Controller('internal')
@UseGuards(ServiceTokenGuard)
export class AccountsController {
  constructor(@Inject(AdapterRuntime) private readonly runtime: AdapterRuntime) {}

  @Post('check')
  @HttpCode(200)
  check(@Body() body: unknown): Promise<CheckAnswer> {
    return checkSettings(this.runtime, readBody(settingsRequest, body).settings);
  }

  @Post('describe')
  @HttpCode(200)
  describe(@Body() body: unknown): Promise<DescribeAnswer> {
    const { describe } = this.runtime.host.adapter;
    return this.atAccount(readBody(settingsRequest, body).settings, async (context) => ({
      lists: choices(await describe.lists?.(context)),
      tags: choices(await describe.tags?.(context)),
      recordTypes: choices(await describe.recordTypes?.(context)),
      fields: ownFields(await describe.fields?.(context)),
    }));
  }

  @Post('ensure-list')
  @HttpCode(200)
  ensureList(@Body() body: unknown): Promise<z.infer<typeof ensureListAnswer>> {
    const { settings, list } = readBody(ensureListRequest, body);
    const { ensureList, title } = this.runtime.host.adapter;
    return this.atAccount(settings, async (context) => {
      if (ensureList === undefined) throw itemRejected(`${title} has no lists that could be made`);
      return { place: await ensureList(context, list) };
    });
  }

  private async atAccount<T>(settings: Record<string, unknown>, work: (context: ProviderContext) => Promise<T>): Promise<T> {
    try {
      return await withAccount(this.runtime, settings, work);
    } catch (error) {
      throw providerFailureOf(error);
    }
  }
}

const ownFields = (found: FieldTable | undefined): DescribeAnswer['fields'] =>
  found === undefined
    ? undefined
    : Object.fromEntries(Object.entries(found).map(([name, { type, writable, label }]) => [name, { type, writable, label: { ...label } }]));

const choices = (found: readonly Choice[] | undefined): DescribeAnswer['lists'] => found?.map((one) => ({ ...one })) ?? null;
