import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '#libs/testing';
import { holdDataDir } from '../../test/hold-data-dir';
import { lockDataDir } from './data-dir-lock';

let folder: string;
const ignore = (): void => undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-dir-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the lock of a data folder', () => {
  it('keeps a second launcher out at once, naming the first, and is free when that one has ended', async () => {
    const release = await lockDataDir(folder, ignore);
    const second = lockDataDir(folder, ignore);
    await expect(second).rejects.toMatchObject({ code: 'data_dir_locked' });
    await expect(second).rejects.toThrow(`another leadgen (process ${process.pid}) works in ${folder}`);
    await expect(second).rejects.toThrow(/wait for it, set LEADGEN_DATA_DIR.*REDIS_URL/);
    await release();
    await lockDataDir(folder, ignore).then((again) => again());
  });

  it('is waited for by whoever has the patience, who is told of it once, and not longer than that', async () => {
    const release = await lockDataDir(folder, ignore);
    const said: string[] = [];
    const patient = lockDataDir(folder, ignore, { waitMs: 20_000, onWait: (text) => said.push(text) });
    await expect(lockDataDir(folder, ignore, { waitMs: 300 })).rejects.toMatchObject({
      code: 'data_dir_locked',
    });
    await release();
    await patient.then((again) => again());
    expect(said).toEqual([`Waiting for the leadgen (process ${process.pid}) that works in ${folder} …`]);
    await holdDataDir(folder).then(async (holder) => {
      const aborted = { waitMs: 20_000, signal: AbortSignal.timeout(300) };
      await expect(lockDataDir(folder, ignore, aborted)).rejects.toMatchObject({ code: 'data_dir_locked' });
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    });
  });

  it('is waited for while its holder has not said yet whether it is gone in a moment, and no longer than a second', async () => {
    const release = await lockDataDir(folder, ignore);
    const holderFile = join(folder, 'launcher.pid');
    await rm(holderFile);
    const waiting = lockDataDir(folder, ignore);
    await writeFile(holderFile, `${process.pid} passing\n`);
    await release();
    const again = await waiting;
    await rm(holderFile);
    const started = performance.now();
    const refused = lockDataDir(folder, ignore);
    await expect(refused).rejects.toMatchObject({ code: 'data_dir_locked' });
    await expect(refused).rejects.toThrow(`another leadgen works in ${folder}`);
    expect(performance.now() - started).toBeGreaterThan(900);
    await again();
  });

  it('of a killed launcher is free within its stale time', async () => {
    const holder = await holdDataDir(folder);
    await expect(lockDataDir(folder, ignore)).rejects.toThrow(`(process ${holder.pid})`);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const started = performance.now();
    const release = await lockDataDir(folder, ignore);
    expect(performance.now() - started).toBeLessThan(15_000);
    await release();
  });

  it('tells its holder when the folder is taken away', async () => {
    const lost: Error[] = [];
    await lockDataDir(folder, (error) => lost.push(error));
    await rm(folder, { recursive: true });
    await waitUntil(() => lost.length > 0, { timeoutMs: 10_000, what: 'the holder is told' });
  });

  it('cannot be had where nothing can be written, which names the setting', async () => {
    await writeFile(join(folder, 'file'), '');
    const attempt = lockDataDir(join(folder, 'file/data'), ignore);
    await expect(attempt).rejects.toMatchObject({ code: 'data_dir_unusable' });
    await expect(attempt).rejects.toThrow(/set LEADGEN_DATA_DIR/);
  });
});
