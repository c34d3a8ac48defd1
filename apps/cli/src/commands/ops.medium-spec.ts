import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOpsPassword, parseOpsUsers } from '#libs/access';
import { ROOT } from '../../test/leadgen';

/** Runs `leadgen ops hash-password` with a password on its stdin; answers the result line. */
function hashPassword(flags: readonly string[], input: string): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    const child = execFile(
      join(ROOT, 'bin/leadgen'),
      ['ops', 'hash-password', ...flags],
      { cwd: tmpdir(), env: { PATH: '/usr/bin:/bin' } },
      (_error, stdout) =>
        resolve(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>),
    );
    child.stdin?.end(input);
  });
}

describe('leadgen ops hash-password', () => {
  it('prints an entry that lets in whoever knows the password, and not the password', async () => {
    const { entry, exit_code: code } = await hashPassword(
      ['--name', 'ada', '--role', 'operator'],
      'correct horse battery\n',
    );
    expect(code).toBe(0);
    const [ada] = parseOpsUsers(String(entry));
    expect(ada).toMatchObject({ name: 'ada', role: 'operator' });
    expect(await isOpsPassword('correct horse battery', String(ada?.passwordHash))).toBe(true);
    expect(entry).not.toContain('horse');
  });

  it.each([
    [['--name', 'ada'], 'short\n', /at least 12/],
    [['--name', 'a:b'], 'correct horse battery', /--name/],
    [['--name', 'ada', '--role', 'root'], 'correct horse battery', /viewer, operator/],
  ])('says what to correct: %j', async (flags, input, message) => {
    const { exit_code: code, error } = await hashPassword(flags, input);
    expect(code).toBe(2);
    expect((error as { message: string }).message).toMatch(message);
  });
});
