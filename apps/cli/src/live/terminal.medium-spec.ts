import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { onlyVendors, plainCompaniesCsv, startTestCell, type TestCell } from '#libs/testing';
import { leadgen, ROOT, type Ended } from '../../test/leadgen';
import { ESCAPE, shownScreen } from '../../test/shown-screen';

/** util-linux: gives a program a terminal. Not everywhere outside Linux. */
const SCRIPT = '/usr/bin/script';
const COMPANIES = 12;

if (existsSync(SCRIPT) && process.platform === 'linux') {
  describe('a run on a terminal', () => {
    let cell: TestCell;
    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'leadgen-terminal-'));
      await writeFile(join(folder, 'companies.csv'), plainCompaniesCsv(COMPANIES, { tag: 'terminal' }));
      const waterfalls = onlyVendors({ crawl_website: ['web'] });
      cell = await startTestCell({
        tenants: { default: { waterfalls } },
        env: { LEADGEN_LOG_LEVEL: 'warn' },
      });
    });
    afterAll(async () => {
      await cell.stop();
      await rm(folder, { recursive: true, force: true });
    });

    const onTerminal = (words: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
      leadgen(['-qec', `stty cols 120 rows 40; '${join(ROOT, 'bin/leadgen')}' ${words}`, '/dev/null'], {
        cwd: folder,
        env: { ...cell.env, TERM: 'xterm-256color', ...env },
        program: SCRIPT,
      });
    const run = (env?: Readonly<Record<string, string>>): Promise<Ended> =>
      onTerminal(`run --tenant-id acme --thread-id seen --companies companies.csv --icp-payload '{}'`, env);
    const COLOUR = new RegExp(`${ESCAPE}\\[\\d+(;\\d+)*m`);
    /** All stages in a line, which no event says. */
    const STAGES = /plan\b[^,]*shortlist\b[^,]*enrich\b[^,]*summary/;
    /** What stays: what happened, the report, and where the files are. */
    const expectTranscript = (lines: readonly string[]): void => {
      const text = lines.join('\n');
      expect(text).toMatch(/^Run run_\w+$/m);
      expect(text).toMatch(/^✓ normalize 12 rows: 12 companies/m);
      expect(text).toMatch(/^✓ summary {3}12 leads/m);
      expect(text).toMatch(/^Input {3}12 rows → 12 companies/m);
      expect(text).toMatch(/^Files: \/.*\n {2}leads\.csv$/m);
    };

    it('shows the stages while it goes on, and leaves a transcript without them', async () => {
      const { stdout, exitCode } = await run();
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(COLOUR);
      expect(stripVTControlCharacters(stdout)).toMatch(STAGES);
      const lines = shownScreen(stdout);
      expectTranscript(lines);
      expect(lines.filter((line) => STAGES.test(line) || line.startsWith('  Companies'))).toEqual([]);
    });

    it('has no colours with NO_COLOR', async () => {
      const { stdout } = await run({ NO_COLOR: '1' });
      expect(stdout).not.toMatch(COLOUR);
      expectTranscript(shownScreen(stdout));
    });

    it('writes plain lines to a terminal that is dumb', async () => {
      const { stdout } = await run({ TERM: 'dumb' });
      expect(stdout).not.toContain(ESCAPE);
      expectTranscript(stdout.split('\r\n'));
    });

    it('leaves its leads to be shown as a table', async () => {
      const { stdout, exitCode } = await onTerminal('leads --tenant-id acme --thread-id seen --limit 3');
      expect(exitCode).toBe(0);
      expect(shownScreen(stdout).join('\n')).toMatch(/terminal \d[\s\S]*^3 leads$/m);
    });
  });
}
