import { counted } from '../reason/counted';

/** More than a tenth of the canary refused is no accident of a few people: the mapping or the account is wrong. */
const mostFailed = 0.1;

/** Whether the rest of a first run may follow its canary. `failed` of `written` were not taken by the provider. */
export function canaryVerdict({ written, failed }: { readonly written: number; readonly failed: number }): {
  readonly pass: boolean;
  readonly reason?: string;
} {
  if (failed <= written * mostFailed) return { pass: true };
  return { pass: false, reason: `${failed} of the first ${counted(written, 'person', 'people')} could not be written` };
}
