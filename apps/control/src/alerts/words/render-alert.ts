import { maskAddresses } from '@kontaktor/observability';
import type { ConditionName, ObjectKind } from '../rules/conditions';
import type { Told } from '../rules/watch-state';
import type { Detail } from '../watching/observation';
import { czech, english, type Language } from './condition-words';

export interface AlertToTell {
  readonly alertId: string;
  readonly workspaceId: string;
  readonly ruleId: string;
  readonly condition: ConditionName;
  readonly objectKind: ObjectKind;
  readonly objectId: string;
  readonly detail: Detail;
  readonly since: Date;
  readonly recoveredAt: Date | null;
}

export interface Message {
  readonly subject: string;
  readonly text: string;
}

const labels = {
  en: {
    raised: 'Alert',
    reminder: 'Still',
    recovered: 'Recovered',
    ...{
      problem: 'What is said',
      where: 'Where',
      since: 'Since',
      until: 'Until',
      advice: 'What to do',
      see: 'See',
      workspace: 'workspace',
    },
    kinds: { connection: 'connection', link: 'link', service: 'service', channel: 'alert channel' },
  },
  cs: {
    raised: 'Upozornění',
    reminder: 'Stále trvá',
    recovered: 'V pořádku',
    ...{ problem: 'Hlášení', where: 'Kde', since: 'Od', until: 'Do', advice: 'Co dělat', see: 'Více', workspace: 'pracovní prostor' },
    kinds: { connection: 'připojení', link: 'propojení', service: 'služba', channel: 'kanál upozornění' },
  },
} as const;

/** What is wrong, in a sentence; addresses of people are masked. */
export const sentenceOf = (language: Language, { condition, detail }: Pick<AlertToTell, 'condition' | 'detail'>): string =>
  maskAddresses((language === 'cs' ? czech : english)[condition].what(detail));

/** Subject and text: what, where, since when, what to do, and where to look. Addresses of people are masked. */
export function renderAlert(language: Language, told: Told, alert: AlertToTell, baseUrl: string): Message {
  const label = labels[language];
  const { condition, objectKind, objectId, workspaceId, detail, since, recoveredAt } = alert;
  const sentence = sentenceOf(language, alert);
  const lines = [
    told === 'recovered' ? `${label.recovered}: ${sentence}` : sentence,
    ...(detail.problem === undefined ? [] : [`${label.problem}: ${detail.problem}`]),
    `${label.where}: ${label.kinds[objectKind]} ${objectId}, ${label.workspace} ${workspaceId}`,
    `${label.since}: ${timeOf(since)}`,
    ...(recoveredAt === null ? [] : [`${label.until}: ${timeOf(recoveredAt)}`]),
    ...(told === 'recovered' ? [] : [`${label.advice}: ${(language === 'cs' ? czech : english)[condition].advice}`]),
    `${label.see}: ${objectUrl(baseUrl, alert)}`,
  ];
  return { subject: `[Kontaktor] ${label[told]}: ${sentence}`, text: maskAddresses(lines.join('\n')) };
}

const timeOf = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The API's object that the alert is about. */
export function objectUrl(
  baseUrl: string,
  { objectKind, objectId, condition }: Pick<AlertToTell, 'objectKind' | 'objectId' | 'condition'>,
): string {
  const paths = {
    connection: `connections/${objectId}`,
    link:
      condition === 'people-failing'
        ? `failures?link=${objectId}`
        : condition.startsWith('run')
          ? `runs?link=${objectId}`
          : `links/${objectId}`,
    service: condition === 'dead-letters' ? 'dead-letters' : 'providers',
    channel: `alert-channels/${objectId}`,
  };
  return `${baseUrl.replace(/\/$/, '')}/api/v1/${paths[objectKind]}`;
}
