import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimFolder } from './claim-folder';

describe('the folder of a running Kontaktor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kontaktor-claim-'));
  const file = join(folder, 'running.json');
  const beganAt = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];

  it('[F12] is refused to a second one, by name of the first, before anything is touched', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const pid = other.pid ?? 0;
    try {
      writeFileSync(file, JSON.stringify({ pid, began: beganAt(pid) }));
      await expect(claimFolder(folder)).rejects.toThrow(`running on ${folder} already (process ${pid})`);
      writeFileSync(file, JSON.stringify({ pid, began: 'another process had that number' }));
      await expect(claimFolder(folder)).resolves.toBeDefined();
    } finally {
      other.kill();
    }
  });

  it('[F12] is free after a kill, after a clean end, and when the note of it was cut off', async () => {
    writeFileSync(file, JSON.stringify({ pid: 2 ** 30, began: '1' }));
    const release = await claimFolder(folder);
    release();
    expect(() => readFileSync(file)).toThrow('ENOENT');
    writeFileSync(file, '{"pi');
    await expect(claimFolder(folder)).resolves.toBeDefined();
  });
});
