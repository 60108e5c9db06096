import { Option, type Command } from 'commander';
import { erase, exportPerson, lift, showErasures, type EraseOptions } from './commands/privacy';
import type { Does } from './commands/session';

const languageOption = () => new Option('--lang <language>', 'language of the notes and reasons').choices(['en', 'cs']).default('en');

/** Erasing and exporting one person. */
export function addPrivacy(program: Command, does: Does): void {
  program
    .command('erase')
    .argument('<address>', 'e-mail address, present or former')
    .description('show what erasing a person would do; with --confirm, do exactly this')
    .option('--contact <id...>', 'who is meant, where several people have the address')
    .option('--at <connection...>', 'erase the own record at these sources too; it stays there otherwise')
    .option('--confirm <code>', 'the code that the preview showed')
    .addOption(languageOption())
    .action((address: string, options: EraseOptions) => does((session) => erase(session, address, options)));
  program
    .command('erasures')
    .argument('[erasure]', 'id of one')
    .description('receipts of erasures: what is done where, what waits, and until when a copy is left')
    .addOption(languageOption())
    .action((id: string | undefined, { lang }: EraseOptions) => does((session) => showErasures(session, id, lang)));
  program
    .command('readmit')
    .argument('<address>', 'e-mail address of somebody who was erased')
    .description('let an erased person be taken in again (administrators)')
    .action((address: string) => does((session) => lift(session, address)));
  program
    .command('person')
    .description('one person')
    .command('export')
    .argument('<address>', 'e-mail address, present or former')
    .description('everything that is known of the person; with --json, for programs')
    .option('--contact <id...>', 'who is meant, where several people have the address')
    .addOption(languageOption())
    .action((address: string, options: EraseOptions) => does((session) => exportPerson(session, address, options)));
}
