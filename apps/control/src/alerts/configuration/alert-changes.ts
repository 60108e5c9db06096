import type { ChangeReport } from '@kontaktor/contracts';
import { changeOf, deletionOf } from '../../configuration/change-report';
import type { NotNamed } from '../../configuration/not-named';
import type { AlertDrafts } from './check-alerts';

/** What happened to channels and rules; a signing secret that was made is shown once it is kept. */
export const alertChanges = ({ channels, rules }: AlertDrafts, deleted: NotNamed, saved: boolean): ChangeReport['alerts'] => ({
  channels: [
    ...channels.map(({ channelId, madeSecret, ...draft }) => ({
      ...changeOf(channelId, draft),
      ...(saved && madeSecret !== undefined ? { secret: madeSecret } : {}),
    })),
    ...deleted.channels.map(deletionOf),
  ],
  rules: [...rules.map((draft) => changeOf(draft.ruleId, draft)), ...deleted.rules.map(deletionOf)],
});
