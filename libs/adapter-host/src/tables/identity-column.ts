import { getMetadataArgsStorage, PrimaryGeneratedColumn } from 'typeorm';

/** `bigint GENERATED ALWAYS AS IDENTITY` of a column that is no key: TypeORM's own decorator makes a key, which is taken back. */
export function IdentityColumn(): PropertyDecorator {
  return (target, propertyName) => {
    PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })(target, propertyName);
    const column = getMetadataArgsStorage().columns.at(-1);
    if (column !== undefined) column.options.primary = false;
  };
}
