import { variableReference, withoutVariables } from '@kontaktor/config';
import { stringify } from 'yaml';
import type { SavedConnection, Snapshot } from './snapshot';

type SecretOf = (connectionId: string, secret: string) => string;

/**
 * The workspace as `kontaktor.yaml`, to be read by `kontaktor`: secrets are references to variables of the environment. Applied again, with
 * these set or those lines left out, it changes nothing.
 */
export function exportDocument({ workspaceId, connections, links, alerts }: Snapshot): string {
  const variables = variablesOf([...connections.values()]);
  const secretOf: SecretOf = (connectionId, secret) => variableReference(variables.get(`${connectionId} ${secret}`) ?? secret);
  const document = {
    workspace: workspaceId,
    connections: Object.fromEntries(
      [...connections.values()].map((connection) => [connection.connectionId, exported(connection, secretOf)]),
    ),
    links: Object.fromEntries([...links.values()].map(({ linkId, document: link }) => [linkId, link])),
    ...(alerts.channels.size + alerts.rules.size === 0 ? {} : { alerts: exportAlerts(alerts) }),
  };
  const kept = [...alerts.channels.values()].flatMap(({ channelId, secretNames }) =>
    secretNames.map((name) => `alerts.channels.${channelId}.${name}`),
  );
  return comment([...variables.values()], kept) + stringify(document, { lineWidth: 0 });
}

function exported({ connectionId, provider, name, enabled, settings, secretNames }: SavedConnection, secretOf: SecretOf): object {
  const secrets = Object.fromEntries(secretNames.map((secret) => [secret, secretOf(connectionId, secret)]));
  return { provider, name, enabled, settings: { ...Object(withoutVariables(settings)), ...secrets } };
}

function comment(variables: readonly string[], kept: readonly string[]): string {
  const lines = [
    ...(variables.length === 0 ? [] : [`# Secrets are taken from the environment: ${variables.join(', ')}.`]),
    ...(kept.length === 0
      ? []
      : [`# Kept by the server and not written here: ${kept.join(', ')}. On another server, add them as \${NAME}.`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** One name a secret: `MAIL_API_KEY` for `apiKey` of `mail`; what would have the same gets a number. */
function variablesOf(connections: readonly SavedConnection[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { connectionId, secretNames } of connections)
    for (const secret of secretNames) {
      const plain = upperSnake(`${connectionId} ${secret}`);
      const name =
        [plain, ...Array.from({ length: taken.size }, (_, count) => `${plain}_${count + 2}`)].find((one) => !taken.has(one)) ?? plain;
      taken.add(name);
      names.set(`${connectionId} ${secret}`, name);
    }
  return names;
}

/** A variable may not begin with a digit. */
function upperSnake(text: string): string {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
  return /^[0-9]/.test(words) ? `_${words}` : words;
}

const exportAlerts = ({ channels, rules }: Snapshot['alerts']): object => ({
  channels: Object.fromEntries([...channels.values()].map(({ channelId, document }) => [channelId, withoutVariables(document)])),
  rules: Object.fromEntries(rules),
});
