/** Why a backup or a restore does not go on, in words for the person who asked. Nothing was changed. */
export class BackupRefused extends Error {}
