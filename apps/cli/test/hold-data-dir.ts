import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Another process that works in the data folder. */
export async function holdDataDir(dataDir: string): Promise<ChildProcess> {
  const holder = fork(join(__dirname, 'data-dir-holder.cjs'), [dataDir]);
  await once(holder, 'message');
  return holder;
}
