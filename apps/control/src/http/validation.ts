import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { Refusal, type Problem } from './refusal';

/** Checks request DTOs; what a DTO does not know is refused, never dropped. */
export const requestValidation = (): ValidationPipe =>
  new ValidationPipe({
    ...{ whitelist: true, forbidNonWhitelisted: true, transform: true, validationError: { target: false, value: false } },
    exceptionFactory: (errors) =>
      new Refusal(
        'bad-request',
        'The request is not right.',
        errors.flatMap((error) => problemsOf(error)),
      ),
  });

function problemsOf(error: ValidationError, prefix = ''): Problem[] {
  const place = `${prefix}${error.property}`;
  const own = Object.values(error.constraints ?? {}).map((problem) => ({ place, problem }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, `${place}.`))];
}
