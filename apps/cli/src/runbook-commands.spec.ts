import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from './command-context';
import { createProgram } from './command-tree';

const RUNBOOKS = join(__dirname, '../../../docs/runbooks');
const program = createProgram({} as CommandContext, '0');

/** What is wrong with a command line by the commands and flags there are; undefined if nothing is. */
function mistakeIn(line: string): string | undefined {
  const [, ...words] = line.split(/\s+/);
  let command: Command = program;
  for (const [i, word] of words.entries()) {
    if (word.startsWith('--')) {
      const flags = command.options.map(({ long }) => long);
      if (!flags.includes(word) && word !== '--help') return `${command.name()} has no flag ${word}`;
    } else if (command.commands.length > 0 && !words.slice(0, i).some((before) => before.startsWith('--'))) {
      const next = command.commands.find((sub) => sub.name() === word);
      if (!next) return `${command.name()} has no command ${word}`;
      command = next;
    }
  }
  return undefined;
}

const commands = readdirSync(RUNBOOKS).flatMap((file) => {
  const text = readFileSync(join(RUNBOOKS, file), 'utf8');
  return [...text.matchAll(/`(leadgen [^`]+)`/g)].map(([, line = '']) => ({ file, line }));
});

describe('the commands that runbooks name', () => {
  it('are ones that there are, with flags that they have', () => {
    expect(commands.length).toBeGreaterThan(30);
    const mistakes = commands.flatMap(({ file, line }) => {
      const mistake = mistakeIn(line);
      return mistake === undefined ? [] : [`${file}: ${line}: ${mistake}`];
    });
    expect(mistakes).toEqual([]);
  });

  it('would be noticed if they were not', () => {
    expect(mistakeIn('leadgen vendor')).toBe('leadgen has no command vendor');
    expect(mistakeIn('leadgen vendors open --vendor VENDOR')).toBe('vendors has no command open');
    expect(mistakeIn('leadgen runs --tenant TENANT')).toBe('runs has no flag --tenant');
  });
});
