import { join } from 'node:path';

/**
 * server.properties of a single KRaft node on the loopback address: broker and controller in one process. `security` adds listeners, each a
 * `{ port, protocol }` by name, and settings of any kind.
 */
export function brokerConfig({ folder, port, controllerPort, security: { listeners = {}, settings = {} } = {} }) {
  const more = Object.entries(listeners);
  const added = (text) => more.map(([name, { port: at, protocol }]) => text(name, at, protocol)).join('');
  return `${Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}${added((name, at) => `,${name}://127.0.0.1:${at}`)}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}${added((name, at) => `,${name}://127.0.0.1:${at}`)}`,
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': `PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT${added((name, _, protocol) => `,${name}:${protocol}`)}`,
    'log.dirs': join(folder, 'data'),
    'offsets.topic.num.partitions': 4,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // Topics are made by a command: a misspelt name must not make one.
    'auto.create.topics.enable': false,
    // After a crash the broker waits until its own earlier session has run out.
    'broker.session.timeout.ms': 4000,
    'broker.heartbeat.interval.ms': 500,
    // The only member of a group need not wait three seconds for others.
    'group.initial.rebalance.delay.ms': 0,
    ...settings,
  })
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
}
