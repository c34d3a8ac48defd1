import type { Command } from 'commander';
import { appError } from '#libs/contracts';
import { teach } from '../help/teach';
import { HELP_TOPICS } from '../help/help-topics';
import { didYouMean } from '../typed/nearest-word';

/** `leadgen help`: of a command, or about what all have in common. */
export function helpCommand(program: Command): void {
  const topics = Object.keys(HELP_TOPICS);
  const command = program
    .command('help')
    .description('help on a command, or on exit-codes, environment, output')
    .argument('[topic...]', `a command, or one of ${topics.join(', ')}`)
    .action((words: string[]) => {
      const page = HELP_TOPICS[words.join(' ')];
      if (page) process.stdout.write(`${page()}\n`);
      else named(program, words).outputHelp();
    });
  teach(command, {
    examples: [
      ['leadgen help run'],
      ['leadgen help vendors close'],
      ['leadgen help exit-codes'],
      ['leadgen help environment', 'the variables that are read'],
      ['leadgen help output', 'what is printed where, for whoever reads it by a script'],
    ],
    prints: 'text for a person.',
    exitCodes: [0, 2],
    seeAlso: ['leadgen --help', 'docs/cli.md'],
  });
}

/** The command called by these words. Throws `usage` naming the nearest. */
function named(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of words) {
    const names = command.commands.map((sub) => sub.name());
    const next = command.commands.find((sub) => sub.name() === word);
    if (!next) {
      const known = command === program ? [...names, ...Object.keys(HELP_TOPICS)] : names;
      const near = didYouMean(word, known) || `; there is on ${known.join(', ')}`;
      throw appError('usage', `there is no help on ${words.join(' ')}${near}`);
    }
    command = next;
  }
  return command;
}
