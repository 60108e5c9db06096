import { classify, RequestRejected, type AdapterDefinition, type AdapterError } from '@kontaktor/adapter-kit';

type Told = Pick<AdapterDefinition, 'title' | 'secrets'>;

/** What a failed check means for whoever entered the settings, then the provider's own answer. */
export function plainWords({ title, secrets }: Told, error: unknown): string {
  const failure = classify(error);
  const { message } = failure;
  const plain = meaningOf(failure, title, secrets);
  return plain === undefined ? message : `${plain} (${message})`;
}

/** `undefined`: the message says it already. */
function meaningOf(failure: AdapterError, title: string, secrets: readonly string[]): string | undefined {
  if (failure instanceof RequestRejected && [404, 405, 410].includes(failure.status)) return `there is no ${title} API at this address`;
  switch (failure.kind) {
    case 'credentials-rejected':
      return `${title} refuses ${secrets.length === 1 ? `this ${wordsOf(secrets[0])}` : 'these credentials'}`;
    case 'provider-unavailable':
    case 'uncertain':
      return `${title} does not answer as it should at this address`;
    case 'schema-drift':
      return `what answers at this address is not the ${title} API that is known here`;
    case 'item-rejected':
      return `${title} does not accept the question`;
    default:
      return undefined;
  }
}

/** `apiKey` -> `API key` */
const wordsOf = (name = ''): string =>
  name
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^api\b/, 'API')
    .trim();
