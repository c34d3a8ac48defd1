import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leadgen, ROOT } from '../../test/leadgen';

const LEGACY = join(ROOT, 'samples/legacy-transcripts.jsonl');
const OURS = join(ROOT, 'samples/our-transcripts.jsonl');

describe('leadgen parity', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-parity-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const parity = (...words: string[]) => leadgen(['parity', ...words], { cwd: folder });

  it('ends with 0 and says why where the last days were alike', async () => {
    const { exitCode, result } = await parity('--legacy', LEGACY, '--ours', OURS, '--days', '2');
    expect(result).toMatchObject({
      state: 'passed',
      passed: true,
      message: 'Parity over the last 2 days: 2 of 2 threads alike',
    });
    expect(exitCode).toBe(0);
  });

  it('ends with 1 where they were not, or were too few', async () => {
    const less = join(folder, 'less.jsonl');
    await writeFile(less, (await readFile(OURS, 'utf8')).split('\n')[0] ?? '');
    const missing = await parity('--legacy', LEGACY, '--ours', less, '--days', '2');
    expect(missing).toMatchObject({ exitCode: 1, result: { passed: false } });
    expect(missing.stderr).toMatch(/No parity over the last 2 days: 2026-11-03; 1 of 2 threads alike/);
    const few = await parity('--legacy', LEGACY, '--ours', OURS);
    expect(few.exitCode).toBe(1);
    expect(few.stderr).toMatch(/No verdict over 7 days yet/);
  });

  it.each<[string[], RegExp]>([
    [['--legacy', 'none.jsonl'], /--legacy none\.jsonl: there is no such file; check the path/],
    [['--legacy', 'legacy.jsonl', '--tenant-id', 'acme'], /set REDIS_URL/],
    [
      ['--legacy', 'ours.jsonl', '--rerun', '--tenant-id', 'acme'],
      /no line of --legacy has the member request/,
    ],
    [['--legacy', 'broken.jsonl', '--ours', 'ours.jsonl'], /broken\.jsonl: line 2: leads\.0\.bucket: .*"A"/],
  ])('%j is refused with 2', async (words, message) => {
    const legacy = await readFile(LEGACY, 'utf8');
    const [first = ''] = legacy.split('\n');
    await writeFile(join(folder, 'legacy.jsonl'), legacy);
    await writeFile(join(folder, 'ours.jsonl'), await readFile(OURS));
    await writeFile(
      join(folder, 'broken.jsonl'),
      `${first}\n${first.replace('"bucket": "A"', '"bucket": "hot"')}\n`,
    );
    const ended = await parity(...words);
    expect(ended.stderr).toMatch(message);
    expect(ended).toMatchObject({ exitCode: 2, result: { error: { code: 'usage' } } });
  });
});
