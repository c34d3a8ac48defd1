import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVendorRegistry } from '#libs/vendors';

const ROOT = join(__dirname, '../..');
/** On an idle machine it takes half a minute: two windows of waiting, and starting and ending. */
const MOST_MS = 100_000;

interface Line {
  event: string;
  type?: string;
  exit_code?: number;
  state?: string;
  error?: { code: string };
  findings?: { what: string; found: string; passed: boolean | null }[];
}
interface Ended {
  exitCode: number | null;
  lines: Line[];
  stderr: string;
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadgen-rehearse-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** `leadgen rehearse --json`, its data folder not there yet. */
async function rehearse(
  words: readonly string[],
  watch: (line: Line, child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(join(ROOT, 'bin/leadgen'), ['rehearse', ...words, '--json'], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LEADGEN_DATA_DIR: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: Line[] = [];
  let open = '';
  let stderr = '';
  child.stdout.on('data', (piece: Buffer) => {
    const texts = (open + piece.toString()).split('\n');
    open = texts.pop() ?? '';
    for (const text of texts) {
      const line = JSON.parse(text) as Line;
      lines.push(line);
      watch(line, child);
    }
  });
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, lines, stderr };
}

/** Processes that know of this test's folder. */
function leftProcesses(): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid))
    .filter((pid) => ['cmdline', 'environ'].some((file) => readProc(pid, file).includes(folder)));
}

/** Empty for a process that is gone, or another user's. */
function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    expect(['ENOENT', 'ESRCH', 'EACCES', 'EPERM']).toContain((error as NodeJS.ErrnoException).code);
    return '';
  }
}

/** Whoever is asked first for contacts, as most runs do. */
const VENDOR =
  createVendorRegistry({ access: {}, offline: false })
    .standings()
    .flatMap(({ descriptor: { id, services } }) => services.map((service) => ({ id, ...service })))
    .filter(({ op }) => op === 'find_contacts')
    .sort((a, b) => a.order - b.order)[0]?.id ?? '';
const CAP = ['--cap', '10', '--window', '10s', '--companies', '12', '--tenants', '2'];

describe('leadgen rehearse', () => {
  it('shows a run pause on a cap and go on, proves that the cap was kept, and leaves nothing behind', async () => {
    const started = performance.now();
    const { exitCode, lines } = await rehearse(['--vendor', VENDOR, ...CAP]);
    const verdict = lines.at(-1);
    const findings = verdict?.findings ?? [];
    const finding = (what: string): object | undefined => findings.find((each) => each.what === what);
    expect(verdict).toMatchObject({ event: 'result', exit_code: 0, state: 'passed' });
    expect(exitCode).toBe(0);
    expect(finding('over the cap')).toMatchObject({ found: '0', passed: true });
    expect(finding('paid twice')).toMatchObject({ found: '0', passed: true });
    expect(finding('paused and resumed')).toMatchObject({ passed: true });
    expect(finding('runs completed')).toMatchObject({ found: '2 of 2' });
    const types = lines.map(({ type }) => type);
    expect(types.indexOf('run_paused')).toBeGreaterThan(-1);
    expect(types.indexOf('run_resumed')).toBeGreaterThan(types.indexOf('run_paused'));
    expect(performance.now() - started).toBeLessThan(MOST_MS);
    expect(existsSync(join(folder, 'data'))).toBe(false);
    expect(leftProcesses()).toEqual([]);
  });

  it('ends on Ctrl-C in the middle with 130, and leaves no process and no folder behind', async () => {
    const { exitCode, lines } = await rehearse(['--vendor', VENDOR, ...CAP], ({ type }, child) => {
      if (type === 'run_paused') child.kill('SIGINT');
    });
    expect(exitCode).toBe(130);
    expect(lines.at(-1)).toMatchObject({ event: 'result', exit_code: 130, error: { code: 'run_stopped' } });
    expect(existsSync(join(folder, 'data'))).toBe(false);
    expect(leftProcesses()).toEqual([]);
  });

  it.each([
    [[], /which vendor\? pass --vendor with one of \w+, \w+/],
    [['--vendor', 'nobody', '--cap', '5'], /--vendor "nobody": give one of/],
    [['--vendor', VENDOR], /pass --cap <n>/],
    [['--vendor', VENDOR, '--cap', '0'], /--cap "0": give a whole number from 1/],
    [['--vendor', VENDOR, '--cap', '5', '--window', '0s'], /--window "0s": give a duration like 60s/],
  ])('%j is refused with 2, naming the fix, and starts nothing', async (words, message) => {
    const { exitCode, lines, stderr } = await rehearse(words);
    expect(exitCode).toBe(2);
    expect(lines).toEqual([expect.objectContaining({ event: 'result', exit_code: 2, state: 'rejected' })]);
    expect(stderr).toMatch(message);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});
