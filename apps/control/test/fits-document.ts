import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020';
import { operationsOf, type Operation } from './openapi-operations';

interface Answered {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}

export interface Documented {
  /** @throws Error when the API document does not say that this may be answered. */
  check(answer: Answered): void;
  readonly answered: Set<string>;
}

const documentId = 'api';
const pointer = (...steps: readonly string[]): string =>
  steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Holds real answers against the schemas of the API document at an address. */
export async function fitsDocument(url: string): Promise<Documented> {
  const document: Readonly<Record<string, unknown>> = Object(await (await fetch(url)).json());
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(document, documentId);
  const operations = operationsOf(document);
  const answered = new Set<string>();
  const check = ({ method, url: address, status, type, body }: Answered): void => {
    const operation = operationAt(operations, method, decodeURI(new URL(address).pathname));
    if (operation === undefined) return;
    const place = `${method} ${operation.path} answered ${status}`;
    if (status < 300) answered.add(`${method} ${operation.path}`);
    const response = operation.responses[status];
    if (response === undefined) throw new Error(`${place}, which the API document does not know`);
    const media = type.split(';')[0] ?? '';
    const responseAt = response.$ref ?? `#${pointer('paths', operation.path, method.toLowerCase(), 'responses', String(status))}`;
    const content: unknown = contentAt(document, responseAt);
    if (typeof content !== 'object' || content === null) return;
    if (!(media in content)) throw new Error(`${place} as ${media}, which the API document does not know`);
    if (media !== 'application/json') return;
    const fits = ajv.compile({ $ref: `${documentId}${responseAt}${pointer('content', media, 'schema')}` });
    if (!fits(body)) throw new Error(`${place}, which does not fit the API document: ${ajv.errorsText(fits.errors)}`);
  };
  return { check, answered };
}

/** What a JSON pointer such as `#/components/responses/NotFound` has as its content. */
function contentAt(document: unknown, at: string): unknown {
  const steps = at.slice(2).split('/');
  const found = steps.reduce<unknown>((value, step) => Object(value)[step.replaceAll('~1', '/').replaceAll('~0', '~')], document);
  return Object(found).content;
}

/** Paths without parameters come first: `connections/check` is not the connection `check`. */
function operationAt(operations: readonly Operation[], method: string, path: string): Operation | undefined {
  const fitting = operations.filter((one) => one.method === method && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path));
  return fitting.sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
}
