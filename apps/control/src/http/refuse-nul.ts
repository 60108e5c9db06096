import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { placeOf } from '../document/place';
import { Refusal, type Problem } from './refusal';

/** Refuses the character NUL anywhere in a request: PostgreSQL keeps no text with it. */
@Injectable()
export class RefuseNul implements PipeTransform {
  transform(value: unknown, { type, data }: ArgumentMetadata): unknown {
    // What guards put on the request is not sent by anybody.
    const problems = type === 'custom' ? [] : problemsIn(value, data === undefined ? [] : [data]);
    if (problems.length > 0) throw new Refusal('not-valid', 'The request is not right.', problems);
    return value;
  }
}

function problemsIn(value: unknown, path: readonly PropertyKey[]): Problem[] {
  if (typeof value === 'string')
    return value.includes('\0') ? [{ place: placeOf(path), problem: 'must not have the character NUL; leave it out' }] : [];
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, inner]) => problemsIn(inner, [...path, isList ? Number(key) : key]));
}
