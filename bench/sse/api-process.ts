import { readdir, readFile } from 'node:fs/promises';
import type { SpawnedApp } from '#libs/testing';

/** What the API process holds, as the system counts it. */
export async function heldBy({ pid }: SpawnedApp): Promise<{ rssMb: number; descriptors: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kb = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
  return { rssMb: kb / 1024, descriptors: (await readdir(`/proc/${pid}/fd`)).length };
}
