import { stringify } from 'yaml';
import type { Snapshot } from './snapshot';

/** The workspace as `kontaktor.yaml`, without secrets: applied again it changes nothing, because what is not said of secrets is kept. */
export function exportDocument({ workspaceId, connections, links, alerts }: Snapshot): string {
  const document = {
    workspace: workspaceId,
    connections: Object.fromEntries(
      [...connections.values()].map(({ connectionId, provider, name, enabled, settings }) => [
        connectionId,
        { provider, name, enabled, settings },
      ]),
    ),
    links: Object.fromEntries([...links.values()].map(({ linkId, document: link }) => [linkId, link])),
    ...(alerts.channels.size + alerts.rules.size === 0 ? {} : { alerts: exportAlerts(alerts) }),
  };
  const secrets = [
    ...[...connections.values()].flatMap(({ connectionId, secretNames }) => secretNames.map((name) => `${connectionId}.${name}`)),
    ...[...alerts.channels.values()].flatMap(({ channelId, secretNames }) =>
      secretNames.map((name) => `alerts.channels.${channelId}.${name}`),
    ),
  ];
  const comment =
    secrets.length === 0
      ? ''
      : `# Kept by the server and not written here: ${secrets.join(', ')}.\n# On another server, add them as \${NAME}.\n`;
  return comment + stringify(document, { lineWidth: 0 });
}

const exportAlerts = ({ channels, rules }: Snapshot['alerts']): object => ({
  channels: Object.fromEntries([...channels.values()].map(({ channelId, document }) => [channelId, document])),
  rules: Object.fromEntries(rules),
});
