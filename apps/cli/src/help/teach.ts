import type { Command } from 'commander';
import { exitCodesText } from './exit-codes';

/** What the help of a command says behind its flags. */
export interface HelpPage {
  /** A command line, and what it is good for where that is not plain. */
  examples: readonly (readonly [command: string, what?: string])[];
  /** What it prints for a person, and which members its result has for a script. */
  prints: string;
  /** Codes it may end with; those of signals are everybody's. */
  exitCodes: readonly number[];
  /** What else is to be known, a paragraph each. */
  notes?: readonly string[];
  /** Further commands and documents. */
  seeAlso: readonly string[];
}

/** How a command finds the cell it looks into. */
export const CELL_NOTE =
  'The cell is that of REDIS_URL; without it, the private one of the data folder (LEADGEN_DATA_DIR, ./.leadgen),\n' +
  'be it that a leadgen runs there or that the last one has ended.';

const COLUMN = 34;

/** Puts the page behind the command's flags, and behind those of its verbs, each with its own examples: call it last. */
export function teach(command: Command, page: HelpPage): Command {
  for (const verb of command.commands) {
    const own = page.examples.filter(([line]) => line.includes(` ${command.name()} ${verb.name()}`));
    teach(verb, { ...page, examples: own, seeAlso: [wordsOf(command), ...page.seeAlso] });
  }
  const { examples, prints, exitCodes, notes = [], seeAlso } = page;
  const parts = [
    `Examples:\n${examples.map(([line, what]) => example(line, what)).join('\n')}`,
    `Prints: ${prints}`,
    ...notes,
    `Exit codes:\n${exitCodesText(exitCodes)}`,
    `See also: ${seeAlso.join(', ')}`,
  ];
  return command.addHelpText('after', `\n${parts.join('\n\n')}\n`);
}

/** As it is typed, e.g. `leadgen vendors credentials`. */
function wordsOf(command: Command): string {
  const { parent } = command;
  return parent ? `${wordsOf(parent)} ${command.name()}` : command.name();
}

function example(line: string, what: string | undefined): string {
  if (what === undefined) return `  ${line}`;
  return line.length + 4 <= COLUMN
    ? `  ${line.padEnd(COLUMN - 2)}${what}`
    : `  ${line}\n${' '.repeat(COLUMN)}${what}`;
}
