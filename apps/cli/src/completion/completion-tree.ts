import type { Command, Option } from 'commander';
import { isListOption, wordsOf } from '../typed/word-option';

/** What can be typed behind a flag. */
type FlagValue = { kind: 'none' | 'text' | 'file' } | { kind: 'word' | 'list'; words: readonly string[] };

export interface CompletedFlag {
  flag: string;
  description: string;
  value: FlagValue;
}

/** A command as completion sees it. */
export interface CompletedCommand {
  /** The words it is called by, without `leadgen`; none for leadgen itself. */
  path: readonly string[];
  verbs: readonly { name: string; description: string }[];
  flags: readonly CompletedFlag[];
  /** Words it takes by itself, e.g. the shells of `leadgen completion`. */
  words: readonly string[];
}

/** Every command there is, leadgen itself first: made from the tree that is parsed, so that nothing is left out. */
export function completionTree(command: Command, path: readonly string[] = []): CompletedCommand[] {
  const own: CompletedCommand = {
    path,
    verbs: command.commands.map((sub) => ({ name: sub.name(), description: sub.description() })),
    flags: [
      ...command.options.map(flagOf),
      { flag: '--help', description: 'show help', value: { kind: 'none' } },
    ],
    words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
  return [own, ...command.commands.flatMap((sub) => completionTree(sub, [...path, sub.name()]))];
}

function flagOf(option: Option): CompletedFlag {
  return { flag: option.long ?? option.flags, description: option.description, value: valueOf(option) };
}

/** Placeholders of flags whose value is a path. */
const PATHS = /<(file|path)>/;

function valueOf(option: Option): FlagValue {
  if (!option.required && !option.optional) return { kind: 'none' };
  const words = wordsOf(option);
  if (words.length > 0) return { kind: isListOption(option) ? 'list' : 'word', words };
  return { kind: PATHS.test(option.flags) ? 'file' : 'text' };
}
