import type { ChangeReport } from '@kontaktor/contracts';
import { changeOf } from '../../configuration/change-report';
import type { AlertDrafts } from './check-alerts';

/** What happened to channels and rules; a signing secret that was made is shown once it is kept. */
export const alertChanges = ({ channels, rules }: AlertDrafts, saved: boolean): ChangeReport['alerts'] => ({
  channels: channels.map(({ channelId, madeSecret, ...draft }) => ({
    ...changeOf(channelId, draft),
    ...(saved && madeSecret !== undefined ? { secret: madeSecret } : {}),
  })),
  rules: rules.map((draft) => changeOf(draft.ruleId, draft)),
});
