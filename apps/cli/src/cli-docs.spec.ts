import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from './command-context';
import { EXIT } from './exit-code';
import { createProgram } from './run-cli';

const DOCS = readFileSync(join(__dirname, '../../../docs/cli.md'), 'utf8');

/** Every command with the words it is called by. */
function commands(command: Command, words = 'leadgen'): { words: string; command: Command }[] {
  return command.commands.flatMap((sub) => {
    const its = `${words} ${sub.name()}`;
    return [{ words: its, command: sub }, ...commands(sub, its)];
  });
}

const all = commands(createProgram({} as CommandContext, '0'));
/** What docs/cli.md says under the command's own heading, up to the next one of its rank. */
const section = (words: string): string =>
  DOCS.split(/^## /m).find((text) => words.startsWith(text.split('\n')[0] ?? '-')) ?? DOCS;

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

  it.each([...Object.values(EXIT), 69, 78, 130])('explains exit code %d', (code) => {
    expect(DOCS).toMatch(new RegExp(`^\\| ${code}[ /]`, 'm'));
  });
});
