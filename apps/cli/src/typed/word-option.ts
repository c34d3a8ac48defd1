import { Option } from 'commander';

const WORDS = new WeakMap<Option, readonly string[]>();
const LISTS = new WeakSet<Option>();

/** A flag that takes one of some words; `list`: several of them, with commas. What was typed is checked by whoever reads it. */
export function wordOption(
  flags: string,
  description: string,
  words: readonly string[],
  { list = false }: { list?: boolean } = {},
): Option {
  const option = new Option(flags, `${description}: ${words.join(', ')}`);
  WORDS.set(option, words);
  if (list) LISTS.add(option);
  return option;
}

/** The words that may stand behind a flag, if it takes certain ones. */
export function wordsOf(option: Option): readonly string[] {
  return WORDS.get(option) ?? option.argChoices ?? [];
}

export function isListOption(option: Option): boolean {
  return LISTS.has(option);
}
