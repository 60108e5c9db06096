import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What renders, in order of preference; the last is built from its Go module, once a machine. */
const renderers: readonly (readonly [command: string, ...args: string[]])[] = [
  ['kubectl', 'kustomize'],
  ['kustomize', 'build'],
  ['go', 'run', 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.1', 'build'],
];

export type Rendered = { readonly text: string } | { readonly failure: string } | 'no renderer';

/** A kustomize overlay as it would be applied. */
export function renderOverlay(root: string, overlay: string): Rendered {
  for (const [command, ...args] of renderers) {
    const { status, error, stdout, stderr } = spawnSync(command, [...args, join(root, overlay)], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (error !== undefined && 'code' in error && error.code === 'ENOENT') continue;
    return status === 0 ? { text: stdout } : { failure: `${command} could not render ${overlay}: ${error?.message ?? stderr.trim()}` };
  }
  return 'no renderer';
}
