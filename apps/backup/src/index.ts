export { BackupRefused } from './backup-refused';
export { backUpCommand, restoreCommand, upgradeCommand, type Archived, type PlaceOptions } from './commands';
