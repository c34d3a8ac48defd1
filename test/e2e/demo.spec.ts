import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** What a stranger sees who types the README's first command into a terminal. */
describe('leadgen demo on a terminal', () => {
  let dataDir: string;
  let screen: string;
  let exitCode: number;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'leadgen-demo-'));
    // script(1) gives it a terminal.
    const command = `${join(ROOT, 'bin/leadgen')} demo`;
    const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TERM: 'xterm',
        LEADGEN_DATA_DIR: dataDir,
        NO_COLOR: '1',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    screen = '';
    child.stdout.on('data', (piece: Buffer) => (screen += piece.toString()));
    [exitCode] = (await once(child, 'close')) as [number];
  });

  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('ends well', () => {
    expect([0, 6]).toContain(exitCode);
  });

  it('shows the top leads with score, reason and whom to write to', () => {
    expect(screen).toMatch(/Company\s+.*Score\s+.*Why\s+.*Contact/);
    expect(screen).toMatch(/[ABC] \d+/);
    expect(screen).toContain('For it: Industry Software is on your list');
    expect(screen).toMatch(/\(valid\)/);
  });

  it('says what came in, what matched, what it cost, and what is invented', () => {
    expect(screen).toMatch(/Input\s+240 rows → \d+ companies, \d+ merged, \d+ rejected/);
    expect(screen).toMatch(/Match\s+\d+ companies matched the profile, 25 enriched/);
    expect(screen).toMatch(/Cost\s+\$\d+\.\d+/);
    expect(screen).toContain('persons, addresses, figures and news in the leads are invented');
  });

  it('names files that are there', () => {
    const [, folder = ''] = /Files: (\S+)/.exec(screen) ?? [];
    expect(existsSync(join(folder, 'leads.csv'))).toBe(true);
  });
});
