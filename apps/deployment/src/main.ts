import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkDeployment } from './check-deployment';
import { generatedFiles } from './generated-files';

// This file is built to dist/apps/deployment/src.
const root = resolve(__dirname, '../../../..');
/** What a check answers when it could not look. */
const notCheckedCode = 3;

/** `check` (0: all is well, 1: something is wrong, 3: something could not be looked at) or `generate`. */
async function main(command: string | undefined): Promise<number> {
  if (command === 'generate') {
    for (const { path, content } of await generatedFiles(root)) writeFileSync(join(root, path), content);
    return 0;
  }
  if (command !== 'check') throw new Error('Say what to do: check, or generate.');
  const { problems, notChecked } = await checkDeployment(root);
  for (const problem of problems) console.error(problem);
  for (const part of notChecked) console.error(`NOT CHECKED: ${part}`);
  if (problems.length > 0) return 1;
  return notChecked.length > 0 ? notCheckedCode : 0;
}

main(process.argv[2]).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
