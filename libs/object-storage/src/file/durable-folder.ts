import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Creates the folder with its missing ancestors, so that they too survive a power cut. */
export async function createDurableFolder(folder: string): Promise<void> {
  const firstCreated = await mkdir(folder, { recursive: true });
  if (firstCreated === undefined) return;
  const stop = dirname(firstCreated);
  for (let child = folder; child !== stop && child !== dirname(child); child = dirname(child)) {
    await syncFolder(dirname(child));
  }
}

/** Makes the folder's entries (new names, renames) durable: fsync of a file alone does not cover its name. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
