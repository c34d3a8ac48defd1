import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { createProgram } from '../command-tree';
import { EXIT_CODES } from './exit-codes';

/** Every command with the words it is called by. */
function commands(command: Command, words = 'leadgen'): { words: string; command: Command }[] {
  return command.commands.flatMap((sub) => {
    const its = `${words} ${sub.name()}`;
    return [{ words: its, command: sub }, ...commands(sub, its)];
  });
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (piece) => void (text += piece) }).outputHelp();
  return text;
}

const sections = (help: string): Record<string, string> =>
  Object.fromEntries<string>(
    help
      .split('\n\n')
      .map((part) => /^(Examples|Prints|Exit codes|See also):([\s\S]*)/.exec(part.trim()))
      .flatMap((found) => (found ? [[found[1] ?? '', (found[2] ?? '').trim()] as const] : [])),
  );

describe('the help of every command', () => {
  it.each(commands(createProgram({} as CommandContext, '0')))(
    'teaches: $words has examples, what it prints, its exit codes and where to go on',
    ({ words, command }) => {
      const {
        Examples: examples = '',
        Prints: prints = '',
        'Exit codes': codes = '',
        'See also': more,
      } = sections(helpOf(command));
      expect(examples).toContain(words);
      expect(prints).toMatch(/\w{3}/);
      expect(more).toMatch(/leadgen|docs/);
      const known = new Map(EXIT_CODES);
      const named = codes.split('\n').map((line) => /^ *(\d+) +(.*)$/.exec(line)?.slice(1) ?? []);
      expect(named.map(([code]) => Number(code))).toContain(0);
      for (const [code, meaning] of named) expect(known.get(Number(code))).toBe(meaning);
    },
  );
});
