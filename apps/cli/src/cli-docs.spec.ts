import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from './command-context';
import { createProgram } from './command-tree';
import { EXIT } from './exit-code';
import { EXIT_CODES } from './help/exit-codes';

const DOCS = readFileSync(join(__dirname, '../../../docs/cli.md'), 'utf8');

/** Every command with the words it is called by. */
function commands(command: Command, words = 'leadgen'): { words: string; command: Command }[] {
  return command.commands.flatMap((sub) => {
    const its = `${words} ${sub.name()}`;
    return [{ words: its, command: sub }, ...commands(sub, its)];
  });
}

const program = createProgram({} as CommandContext, '0');
const all = commands(program);
const sections = DOCS.split(/^## /m);
/** What is said of all commands that look at runs. */
const ofRuns = sections.find((text) => text.startsWith('Which cell')) ?? '';
/** What docs/cli.md says under the command's own heading, which may name several. */
const section = (words: string): string => {
  const own = sections.find((text) => {
    const [heading = ''] = text.split('\n');
    const names = heading.replaceAll(/, (?=[a-z])(?!leadgen )/g, ', leadgen ').split(', ');
    return names.some((name) => words === name || words.startsWith(`${name} `));
  });
  return own === undefined ? '' : `${own}\n${ofRuns}`;
};

describe('docs/cli.md', () => {
  it.each(all)('has $words', ({ words }) => {
    expect(DOCS).toContain(`\`${words}`);
  });

  const flags = all.flatMap(({ words, command }) =>
    command.options.map(({ long, envVar }) => ({ words, long: long ?? '', envVar })),
  );

  it.each(flags)('has $words $long', ({ words, long, envVar }) => {
    expect(section(words)).toContain(`\`${long}`);
    if (envVar !== undefined) expect(section(words)).toContain(`\`${envVar}\``);
  });

  it('names no flag that there is not', () => {
    const known = new Set([...flags.map(({ long }) => long), '--help', '--version']);
    const named = [...DOCS.matchAll(/--[a-z][a-z-]+/g)].map(([flag]) => flag);
    expect(named.filter((flag) => !known.has(flag))).toEqual([]);
  });

  it('has a table of exactly the exit codes there are', () => {
    const codes = [...DOCS.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
    expect(codes).toEqual(EXIT_CODES.map(([code]) => code));
    expect(codes).toEqual(expect.arrayContaining(Object.values(EXIT)));
  });

  it('has every top-level command in its first table, and none that there is not', () => {
    const [table = ''] = DOCS.split(/^## /m);
    const named = [...table.matchAll(/^\| `leadgen ([a-z]+)` +\|/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(program.commands.map((command) => command.name()).sort());
  });
});
