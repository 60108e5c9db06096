import type { LinkRules } from '@kontaktor/domain';
import { mapFields } from './fields/map-fields';
import { evaluateFilter } from './filter/evaluate-filter';

/** The two languages of a link, for `decide`. A link version is compiled at its first use and kept as long as that object lives. */
export const linkRules: LinkRules = { mapFields, evaluateFilter };
