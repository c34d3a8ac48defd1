import type { CompletedCommand } from './completion-tree';

/** An arm of a shell's `case`: what is compared with, and what is then done. */
export type ShellCase = readonly [pattern: string, does: string];

/** The words that lead to a command as the scripts keep them: ` vendors close`; empty for leadgen itself. */
export function placeOf({ path }: Pick<CompletedCommand, 'path'>): string {
  return path.map((word) => ` ${word}`).join('');
}

/** The arms that follow the words typed so far from command to command. */
export function stepCases(tree: readonly CompletedCommand[]): ShellCase[] {
  return tree.filter(({ path }) => path.length > 0).map((command) => [placeOf(command), 'at="$at $word"']);
}

export function caseArms(cases: readonly ShellCase[]): string {
  return cases.map(([pattern, does]) => `    '${pattern}') ${does} ;;`).join('\n');
}
