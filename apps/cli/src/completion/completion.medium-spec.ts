import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandContext } from '../command-context';
import { createProgram } from '../command-tree';
import { completionTree } from './completion-tree';
import { bashCompletion } from './bash-completion';
import { fishCompletion } from './fish-completion';
import { zshCompletion } from './zsh-completion';

const tree = completionTree(createProgram({} as CommandContext, '0'));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
  writeFileSync(join(folder, 'leadgen.bash'), bashCompletion(tree));
  writeFileSync(join(folder, 'companies of acme.csv'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What bash itself would offer with the cursor behind the last word, the line broken into words as readline does. */
function offered(...words: string[]): string[] {
  const script = `source ./leadgen.bash
    COMP_WORDS=(leadgen "$@"); COMP_CWORD=$#
    $(complete -p leadgen | sed 's/.*-F \\([a-z_]*\\) .*/\\1/')
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const shown = execFileSync('bash', ['--norc', '-c', script, 'bash', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return shown.split('\n').filter(Boolean);
}

describe('completion in bash offers', () => {
  it.each<[words: string[], offers: string[]]>([
    [['ru'], ['run', 'runs']],
    [['vendors', 'clo'], ['close']],
    [
      ['vendors', 'credentials', ''],
      ['set', 'list', 'remove'],
    ],
    [['run', '--comp'], ['--companies']],
    [
      ['run', '--run-mode', ''],
      ['full', 'enrich', 'export-only', 'dry-run'],
    ],
    [['run', '--run-mode', 'd'], ['dry-run']],
    [
      ['run', '--run-mode', '='],
      ['full', 'enrich', 'export-only', 'dry-run'],
    ],
    [
      ['run', '--run-mode', '=', 'e'],
      ['enrich', 'export-only'],
    ],
    [
      ['run', '--export', 'csv,'],
      ['csv,csv', 'csv,jsonl'],
    ],
    [['run', '--tenant-id', ''], []],
    [['run', '--companies', 'comp'], ['companies of acme.csv']],
    [
      ['runs', '--state', 'pa'],
      ['paused', 'partial'],
    ],
    [
      ['leads', '--tenant-id', 'status', '--bucket', ''],
      ['A', 'B', 'C'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['nonsense', ''], []],
  ])('behind leadgen %j: %j', (words, offers) => {
    expect(offered(...words)).toEqual(words[0] === 'nonsense' ? offered('') : offers);
  });

  const commands = tree.map((command) => [command.path.join(' '), command] as const);
  it.each(commands)('everything that leadgen %s has', (_words, { path, verbs, flags }) => {
    expect(offered(...path, '--')).toEqual(flags.map(({ flag }) => flag));
    expect(offered(...path, '')).toEqual(expect.arrayContaining(verbs.map(({ name }) => name)));
  });
});

/** Shells that a machine may not have: where there is one, it must understand its script. */
describe.each([
  ['zsh', ['-n'], zshCompletion(tree)],
  ['fish', ['--no-execute'], fishCompletion(tree)],
] as const)('completion in %s', (shell, check, script) => {
  it('is understood by the shell, and names every command and flag', () => {
    const file = join(folder, `leadgen.${shell}`);
    writeFileSync(file, script);
    const { error, status, stderr } = spawnSync(shell, [...check, file], { encoding: 'utf8' });
    const missing = error !== undefined && 'code' in error && error.code === 'ENOENT';
    expect(missing ? '' : `${status} ${stderr}`).toBe(missing ? '' : '0 ');
    for (const { verbs, flags } of tree) {
      for (const { name } of verbs) expect(script).toContain(name);
      for (const { flag } of flags) expect(script).toContain(shell === 'fish' ? flag.slice(2) : flag);
    }
  });
});
