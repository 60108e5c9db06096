import type { CampaignLog, Counters, MailSource } from './campaign-log';

interface Sums {
  readonly unique: (event: keyof Counters) => number;
  readonly total: (event: keyof Counters) => number;
}

function sumsOf(log: CampaignLog, source: MailSource): Sums {
  const all = [...log.countersOf(source).values()];
  return {
    unique: (event) => all.filter((counters) => counters[event] > 0).length,
    total: (event) => all.reduce((sum, counters) => sum + counters[event], 0),
  };
}

const rate = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100);

/** `stats` of `GET /campaigns/{id}`. */
export function detailStats(log: CampaignLog, source: MailSource): Record<string, number> {
  const { unique, total } = sumsOf(log, source);
  const [send, open, click] = [unique('send'), unique('open'), unique('click')];
  const hard = unique('hard_bounce');
  return {
    ...{ inject: send, send, delivered: send - hard, open, total_open: total('open'), click, total_click: total('click') },
    ...{ hard_bounce: hard, spam: unique('spam_complaint'), unsub: unique('unsub') },
    ...{ openrate: rate(open, send), clickrate: rate(click, send), delivery_rate: rate(send - hard, send) },
  };
}

/** `stats` of `GET /campaigns/{id}/stats`. */
export function campaignStats(log: CampaignLog, source: MailSource): Record<string, number> {
  const { unique, total } = sumsOf(log, source);
  const [send, open, click, bounce] = [unique('send'), unique('open'), unique('click'), unique('hard_bounce') + unique('soft_bounce')];
  const [unsub, spam] = [unique('unsub'), unique('spam_complaint')];
  return {
    ...{ inject: send, delivery: send - bounce, delivery_rate: rate(send - bounce, send), open, total_open: total('open') },
    ...{ open_rate: rate(open, send), click, total_click: total('click'), click_rate: rate(click, send), bounce },
    ...{ bounce_rate: rate(bounce, send), unsub, unsub_rate: rate(unsub, send), spam, spam_rate: rate(spam, send) },
    ...{ conversions: 0, conversions_value: 0 },
  };
}

/** `stats` of `GET /pipelines/{id}/stats`. */
export function pipelineStats(log: CampaignLog, source: MailSource, triggered: number): Record<string, number> {
  const { unique, total } = sumsOf(log, source);
  const { inject, open, total_open, open_rate, click, total_click, click_rate, ...rest } = campaignStats(log, source);
  const send = unique('send');
  return {
    ...{
      triggered,
      ended: triggered,
      open: open ?? 0,
      open_rate: open_rate ?? 0,
      total_open: total_open ?? 0,
      not_opened: send - (open ?? 0),
    },
    ...{ send, click: click ?? 0, total_click: total_click ?? 0, click_rate: click_rate ?? 0, inject: inject ?? 0 },
    ...{ soft_bounce: total('soft_bounce'), hard_bounce: total('hard_bounce'), ...rest },
  };
}
