import type { Command, CommanderError } from 'commander';
import { appError } from '#libs/contracts';
import { didYouMean } from './typed/nearest-word';

/** What Commander says about a line that is not understood, as an error of ours that names the nearest and the help. */
export function usageError(
  error: CommanderError,
  program: Command,
  [, , ...words]: readonly string[],
): Error {
  // Commander says this when there is no command, after it has printed the help.
  if (error.code === 'commander.help') {
    return appError('usage', 'which command? For example leadgen demo, or one of those above', {
      cause: error,
    });
  }
  const { command, name } = meant(program, words);
  const stray = error.code === 'commander.excessArguments' ? strayWord(command, words) : undefined;
  const message = stray ?? error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  const hint = command === program ? 'leadgen --help lists the commands' : `${name} --help shows how`;
  return appError('usage', `${message} (${hint})`, { cause: error });
}

/** The command that the words came to, as far as they are understood. */
function meant(program: Command, words: readonly string[]): { command: Command; name: string } {
  let command = program;
  let name = 'leadgen';
  for (const word of words) {
    const next = command.commands.find((sub) => sub.name() === word);
    if (!next) break;
    command = next;
    name = `${name} ${word}`;
  }
  return { command, name };
}

/** Of a command that does something by itself as well, Commander takes a mistyped verb for an argument. */
function strayWord(command: Command, words: readonly string[]): string | undefined {
  const verbs = command.commands.map((sub) => sub.name());
  const word = words[words.indexOf(command.name()) + 1];
  if (verbs.length === 0 || word === undefined || word.startsWith('-')) return undefined;
  return `unknown command '${word}'${didYouMean(word, verbs) || `; there are ${verbs.join(', ')}`}`;
}
