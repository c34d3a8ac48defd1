import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '../repository';

/** The check of systemd's units on a folder, with systemd-analyze brought as the static checks bring it. */
const CHECK = `
  import { staticChecks } from './checks.mjs';
  import { runCommand } from './run-command.mjs';
  const [folder] = process.argv.slice(1);
  const checks = await staticChecks({ root: '../..', env: { ...process.env, CI: 'true' } });
  const check = checks.find(({ name }) => name === 'systemd units' || name === 'systemd-analyze');
  const [program, script, ...rest] = check.command ?? [];
  console.log(JSON.stringify(check.problem === undefined
    ? await runCommand([program, '../../' + script, ...rest, folder], { env: check.env, timeoutMs: 60_000 })
    : { code: -1, output: check.problem }));`;

/** What it finds in the shipped units after a change to one of them. */
function findings(file: string, change: (text: string) => string): { code: number; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'units-'));
  try {
    cpSync(join(REPOSITORY, 'scripts/systemd'), folder, { recursive: true });
    const before = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), change(before));
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', CHECK, folder], {
      cwd: join(REPOSITORY, 'scripts/check'),
      encoding: 'utf8',
      timeout: 110_000,
    });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { code: number; output: string };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the units of scripts/systemd', () => {
  it('are what systemd takes without a word, and closed to what they do not need', () => {
    expect(findings('leadgen-api.service', (text) => text)).toMatchObject({ code: 0, output: '' });
  });

  it.each<[slip: string, file: string, change: (text: string) => string, says: RegExp]>([
    [
      'a key that there is not',
      'leadgen-nightly.service',
      (text) => text.replace('ProtectHome=', 'ProtectHoem='),
      /Unknown key 'ProtectHoem'/,
    ],
    [
      'a key of a drop-in that there is not',
      'leadgen-nightly.service.d/tenant.conf',
      (text) => `${text}Enviroment=A=b\n`,
      /tenant\.conf.*Unknown key 'Enviroment'/,
    ],
    [
      'a command that is not there',
      'leadgen-nightly@.service',
      (text) => text.replace('scripts/run-orchestrator', 'scripts/no-such'),
      /no-such is not executable/,
    ],
    [
      'a time that there is not',
      'leadgen-nightly.timer',
      (text) => text.replace('01:30', '25:30'),
      /Failed to parse calendar specification/,
    ],
    [
      'a unit that may do everything',
      'leadgen-worker@.service',
      (text) => text.replace(/^(Protect|Private|Restrict|SystemCall|Capability|User).*$/gm, ''),
      /Overall exposure level .*over 2/,
    ],
  ])('%s is reported', (_slip, file, change, says) => {
    const { code, output } = findings(file, change);
    expect(output).toMatch(says);
    expect(code).toBe(1);
  });
});
