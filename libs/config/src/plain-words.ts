import type { z } from 'zod';

const nameOf: Readonly<Record<string, string>> = {
  ...{ string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'a group of keys' },
  ...{ record: 'a group of keys' },
};

/**
 * What zod finds, in plain words that follow a place: `list.name` `is missing`. A schema's own words come before these. For
 * `schema.safeParse(value, { error: plainWords })`. Values are not repeated: they may be secrets.
 */
export const plainWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === null ? 'is blank: fill it in, or leave the key out' : `must be ${nameOf[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${eitherOf(issue.values.map(String))}`;
    case 'too_small':
    case 'too_big':
      return limitWords(issue);
    case 'invalid_format':
      return formatWords[issue.format] ?? 'is not written as it must be';
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_key':
      return 'must have a name of small letters, digits and dashes';
    default:
      return 'is not right';
  }
};

/** `a, b or c` */
export const eitherOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const formatWords: Readonly<Record<string, string>> = {
  ...{ email: 'must be an e-mail address', url: 'must be a URL such as https://firma.example' },
};

const unitOf: Readonly<Record<string, string>> = { string: ' characters', array: ' entries', set: ' entries' };

type Limit = Extract<z.core.$ZodRawIssue, { code: 'too_small' | 'too_big' }>;

function limitWords(issue: Limit): string {
  const [limit, side] = issue.code === 'too_small' ? [issue.minimum, 'least'] : [issue.maximum, 'most'];
  const unit = unitOf[issue.origin] ?? '';
  if (unit !== '') return `must have ${limit}${unit} at ${side}`;
  const beyond = issue.code === 'too_small' ? 'more than' : 'less than';
  return issue.inclusive === false ? `must be ${beyond} ${limit}` : `must be ${limit} at ${side}`;
}
