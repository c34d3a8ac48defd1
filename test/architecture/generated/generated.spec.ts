import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY, repositoryFiles, readRepositoryFile } from '../repository';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'generated-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const file = (name: string): string => join(folder, name);

/** Publishes one file as the scripts do. */
function publish(text: string, ...args: string[]): { status: number | null; stderr: string } {
  const code = `
    import { publishGenerated } from './publish-generated.mjs';
    const files = { 'a.md': ${JSON.stringify(text)} };
    const options = { script: 'generate-a.mjs', args: ${JSON.stringify(args)}, root: ${JSON.stringify(folder)} };
    process.exitCode = await publishGenerated(files, options);`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: join(REPOSITORY, 'scripts/generated'),
    encoding: 'utf8',
  });
}

describe('a generated file', () => {
  it('that says what the code says passes the check', () => {
    expect(publish('# One\n\ntext').status).toBe(0);
    expect(publish('# One\n\ntext', '--check').status).toBe(0);
  });

  it('that is stale fails the check, which names the command and leaves the file alone', () => {
    publish('# One');
    writeFileSync(file('a.md'), '# One, edited by hand\n');
    const { status, stderr } = publish('# One', '--check');
    expect(status).toBe(1);
    expect(stderr).toContain(
      'a.md: not what the code says. Run: npm run build && node scripts/generate-a.mjs',
    );
    expect(readFileSync(file('a.md'), 'utf8')).toBe('# One, edited by hand\n');
  });

  it('that is missing fails the check', () => {
    expect(publish('# One', '--check').status).toBe(1);
    expect(existsSync(file('a.md'))).toBe(false);
  });
});

describe('the generated documents', () => {
  const scripts = repositoryFiles().filter((path) => /^scripts\/generate-.*\.mjs$/.test(path));

  it.each(scripts)('of %s are in the repository and name it', (script) => {
    const documents = [
      ...readRepositoryFile(script).matchAll(/'((?:[\w-]+\/)*[\w.-]+\.(?:md|json|example|env|ts))'/g),
    ];
    expect(documents.length).toBeGreaterThan(0);
    for (const [, document = ''] of documents) expect(readRepositoryFile(document)).toContain(script);
  });
});
