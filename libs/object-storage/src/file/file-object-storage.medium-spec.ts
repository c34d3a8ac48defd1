import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { appError } from '#libs/contracts';
import { storeDataset } from '../store-dataset';
import { FileObjectStorage } from './file-object-storage.adapter';

const KEY = 'runs/acme/run_1/leads.csv';

let root: string;
let storage: FileObjectStorage;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'leadgen-objects-'));
  storage = new FileObjectStorage(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Every file below the root, parts included. */
async function files(): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile()).map((e) => e.name);
}

async function* endless(): AsyncGenerator<Buffer> {
  for (;;) yield Buffer.alloc(300_000, 'x');
}

describe('file object storage', () => {
  it.each([
    ['text', 'grüße\n', 'grüße\n'],
    ['bytes', Buffer.from([0x00, 0xff]), '\0�'],
    ['a stream', Readable.from(['a', Buffer.from('b'), 'c']), 'abc'],
    ['nothing', '', ''],
  ])('gives back %s as it was written', async (_what, source, expected) => {
    await storage.write(KEY, source);
    expect(await text(await storage.open(KEY))).toBe(expected);
    expect(await files()).toEqual(['leads.csv']);
  });

  it('is read from a byte on, and from behind its end nothing comes', async () => {
    await storage.write(KEY, 'one\ntwo\n');
    expect(await text(await storage.open(KEY, { from: 4 }))).toBe('two\n');
    expect(await text(await storage.open(KEY, { from: 8 }))).toBe('');
    expect(await text(await storage.open(KEY, { from: 100 }))).toBe('');
  });

  it('removes an object once, while whoever reads it reads on', async () => {
    await storage.write(KEY, 'content');
    const reader = await storage.open(KEY);
    expect(await storage.remove(KEY)).toBe(true);
    expect(await text(reader)).toBe('content');
    expect(await storage.exists(KEY)).toBe(false);
    expect(await storage.remove(KEY)).toBe(false);
  });

  it('names the folders below a folder, and removes one with all that is in it', async () => {
    for (const key of ['runs/a/1/leads.csv', 'runs/a/2/leads.csv', 'runs/b/1/leads.csv'])
      await storage.write(key, 'x');
    expect((await storage.listFolders('runs/')).sort()).toEqual(['runs/a/', 'runs/b/']);
    await storage.removeFolder('runs/a/1/');
    await storage.removeFolder('runs/never/');
    expect(await storage.listFolders('runs/a/')).toEqual(['runs/a/2/']);
    expect(await storage.listFolders('runs/never/')).toEqual([]);
    expect(await storage.list('runs/')).toHaveLength(2);
  });

  it('replaces an object as a whole', async () => {
    await storage.write(KEY, 'a long first version');
    const reader = await storage.open(KEY);
    await storage.write(KEY, 'second');
    expect(await text(reader)).toBe('a long first version');
    expect(await text(await storage.open(KEY))).toBe('second');
    expect(await storage.size(KEY)).toBe(6);
  });

  it('shows nothing before commit and leaves nothing after abort', async () => {
    const writer = await storage.createWriter(KEY);
    await writer.write(Buffer.alloc(1_000_000));
    expect(await storage.exists(KEY)).toBe(false);
    await writer.abort();
    expect(await storage.exists(KEY)).toBe(false);
    expect(await files()).toEqual([]);
  });

  it('keeps the bytes of a buffer that the caller reuses', async () => {
    const writer = await storage.createWriter(KEY);
    const reused = Buffer.from('one ');
    await writer.write(reused);
    reused.write('two ');
    await writer.write(reused);
    await writer.commit();
    await writer.abort();
    expect(await readFile(storage.locate(KEY), 'utf8')).toBe('one two ');
  });

  it('lets two writers of one key each leave a whole object, the later commit winning', async () => {
    const [first, second] = [await storage.createWriter(KEY), await storage.createWriter(KEY)];
    await Promise.all([first.write('first '.repeat(100_000)), second.write('second')]);
    await second.commit();
    await first.commit();
    expect(await storage.size(KEY)).toBe(600_000);
    expect(await files()).toEqual(['leads.csv']);
  });

  it('refuses to write on after the end', async () => {
    const writer = await storage.createWriter(KEY);
    await writer.commit();
    await expect(writer.write('late')).rejects.toThrow(TypeError);
  });

  it('rethrows an error of the source as it is and keeps the old object', async () => {
    await storage.write(KEY, 'old');
    const broken = appError('input_not_text', 'the file is a zip archive; save it as CSV');
    async function* source(): AsyncGenerator<string> {
      yield 'x'.repeat(500_000);
      throw broken;
    }
    await expect(storage.write(KEY, source())).rejects.toBe(broken);
    expect(await text(await storage.open(KEY))).toBe('old');
    expect(await files()).toEqual(['leads.csv']);
  });

  it('stops at the signal and leaves nothing', async () => {
    const controller = new AbortController();
    const reason = appError('run_stopped', 'the run was cancelled');
    async function* source(): AsyncGenerator<string | Buffer> {
      yield 'x';
      controller.abort(reason);
      yield* endless();
    }
    await expect(storage.write(KEY, source(), { signal: controller.signal })).rejects.toBe(reason);
    expect(await files()).toEqual([]);
  });

  it('says that an object is missing, and how that can be', async () => {
    expect(await storage.exists(KEY)).toBe(false);
    for (const attempt of [() => storage.open(KEY), () => storage.size(KEY)]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'storage_failed',
        message: expect.stringMatching(/run_1\/leads\.csv failed: there is no such object/),
      });
    }
  });

  it('names the path and the fix where a folder cannot be made', async () => {
    await writeFile(join(root, 'runs'), 'a file where a folder should be');
    await expect(storage.write(KEY, 'x')).rejects.toMatchObject({
      code: 'storage_failed',
      message: expect.stringContaining(storage.locate(KEY)),
    });
  });

  it('names missing permission and the fix', async () => {
    await chmod(root, 0o500);
    // The superuser may write anywhere, so the kernel's refusal is played where the tests run as root.
    const refused = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    const locked =
      process.getuid?.() === 0 ? new FileObjectStorage(root, () => Promise.reject(refused)) : storage;
    await expect(locked.write(KEY, 'x')).rejects.toMatchObject({
      code: 'storage_failed',
      message: expect.stringMatching(/not permitted \(EACCES\).*LEADGEN_STORAGE_DIR/),
    });
    await chmod(root, 0o700);
  });
});

describe('a full disk', () => {
  const DISK_BYTES = 1_024_000;
  let mounted: boolean;

  /** A real file system of 1 MB where this process may mount one. */
  beforeEach(() => {
    const mount = ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'leadgen-test', root];
    mounted = spawnSync('mount', mount).status === 0;
    if (!mounted) storage = new FileObjectStorage(root, limitedOpen);
  });
  afterEach(() => {
    if (mounted) expect(spawnSync('umount', [root]).status).toBe(0);
  });

  /** Elsewhere a played one: it takes what fits, then answers ENOSPC. */
  async function limitedOpen(...args: Parameters<typeof open>): ReturnType<typeof open> {
    const handle = await open(...args);
    const append = handle.appendFile.bind(handle);
    let freeBytes = DISK_BYTES;
    handle.appendFile = async (data) => {
      const bytes = data as Buffer;
      await append(bytes.subarray(0, freeBytes));
      freeBytes -= bytes.length;
      if (freeBytes < 0) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
    };
    return handle;
  }

  it('fails by its name, leaves no partial file and keeps the old object', async () => {
    await storage.write(KEY, 'old');
    await expect(storage.write(KEY, endless())).rejects.toMatchObject({
      code: 'storage_failed',
      retry: 'backoff',
      message: expect.stringMatching(/leads\.csv failed: the disk is full\. Free some space/),
      context: { disk_full: true },
    });
    expect(await files()).toEqual(['leads.csv']);
    expect(await text(await storage.open(KEY))).toBe('old');
    await storage.write(KEY, 'there is room again');
    expect(await text(await storage.open(KEY))).toBe('there is room again');
  });

  it('also where only the last, buffered bytes meet it, at commit', async () => {
    const writer = await storage.createWriter(KEY);
    for (let i = 0; i < 5; i += 1) await writer.write(Buffer.alloc(206_000));
    await expect(writer.commit()).rejects.toMatchObject({ context: { disk_full: true } });
    expect(await files()).toEqual([]);
  });
});

describe('after a crash', () => {
  it('SIGKILL in mid-write leaves no object, only a part that is cleaned up later', async () => {
    const child = fork(join(__dirname, '../../test/write-until-killed.cjs'), [root], {
      execArgv: ['--conditions=source'],
    });
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');

    expect(await storage.exists(KEY)).toBe(false);
    const [part, ...others] = await files();
    expect(part).toMatch(/^leads\.csv\.[0-9a-f-]{36}\.part\.tmp$/);
    expect(others).toEqual([]);

    await storage.write(KEY, 'second attempt');
    expect(await storage.removeStaleParts({ olderThanMs: 0, nowMs: Date.now() + 1 })).toBe(1);
    expect(await files()).toEqual(['leads.csv']);
  });

  it('cleaning spares objects and the parts of writers at work', async () => {
    await storage.write(KEY, 'kept');
    const busy = await storage.createWriter('runs/acme/run_2/leads.csv');
    const dead = await storage.createWriter('runs/acme/run_3/leads.csv');
    await dead.write(Buffer.alloc(300_000));
    const deadPart = (await readdir(join(root, 'runs/acme/run_3')))[0] ?? '';
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(root, 'runs/acme/run_3', deadPart), anHourAgo, anHourAgo);
    await utimes(storage.locate(KEY), anHourAgo, anHourAgo);

    expect(await storage.removeStaleParts({ olderThanMs: 1_800_000, nowMs: Date.now() })).toBe(1);
    await busy.commit();
    expect((await files()).sort()).toEqual(['leads.csv', 'leads.csv']);
    await dead.abort();
  });

  it('cleaning a storage nobody has written to finds nothing', async () => {
    const unused = new FileObjectStorage(join(root, 'unused'));
    expect(await unused.removeStaleParts({ olderThanMs: 0, nowMs: Date.now() })).toBe(0);
  });
});

describe('a dataset', () => {
  it('is stored under the hash of its content, once', async () => {
    const csv = 'name,website\nAcme,acme.com\n';
    const first = await storeDataset(storage, 'acme', Readable.from([csv.slice(0, 7), csv.slice(7)]), 'csv');
    const { mtimeMs } = await stat(storage.locate(first.key));
    const second = await storeDataset(storage, 'acme', Readable.from([Buffer.from(csv)]), 'csv');

    expect(first).toEqual(second);
    expect(first.bytes).toBe(csv.length);
    expect(first.key).toBe(`datasets/acme/${first.sha256}.csv`);
    expect(await text(await storage.open(first.key))).toBe(csv);
    expect((await stat(storage.locate(first.key))).mtimeMs).toBe(mtimeMs);
    expect(await files()).toEqual([`${first.sha256}.csv`]);
  });
});
