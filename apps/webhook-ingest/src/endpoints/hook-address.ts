/** What a web hook's URL says: where to, and the secret that proves it. */
export interface HookAddress {
  readonly provider: string;
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly endpoint: string;
  readonly secret: string;
}

const mostCharacters = 200;

/** Reads `/hooks/:provider/:workspace/:connection/:endpoint/:secret`; undefined when it is not one. */
export function hookAddressOf(url: string): HookAddress | undefined {
  const [path = ''] = url.split('?');
  const [, hooks, ...parts] = path.split('/').map(decoded);
  const [provider = '', workspaceId = '', connectionId = '', endpoint = '', secret = ''] = parts;
  if (hooks !== 'hooks' || parts.length !== 5 || !parts.every(isPart)) return undefined;
  return { provider, workspaceId, connectionId, endpoint, secret };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

// Postgres has no text with NUL; one such address must not spoil the look-up of others.
const isPart = (part: string): boolean => part.length > 0 && part.length <= mostCharacters && !part.includes('\0');
