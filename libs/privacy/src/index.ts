export { PersonKey } from './person-key';
export { addressesIn, type NamedPerson } from './named-person';
export { suppressionMigrations } from './suppression-tables';
export { SuppressionEntity } from './suppression.entity';
export { erasedAmong, holdErasures, isAnyoneErased, keepOutErasures, keepSuppressions, suppressionsOf } from './suppressions';
export { eraseFromMessages } from './erase-from-messages';
export { eraseFromTexts } from './erase-from-texts';
export { PrivacyModule, type EraseOwnRows } from './privacy.module';
