import { Argument, type Command } from 'commander';
import { bashCompletion } from '../completion/bash-completion';
import { completionTree, type CompletedCommand } from '../completion/completion-tree';
import { fishCompletion } from '../completion/fish-completion';
import { zshCompletion } from '../completion/zsh-completion';
import { teach } from '../help/teach';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `leadgen completion`: a script that teaches a shell all verbs, flags and their words. */
export function completionCommand(program: Command): void {
  const command = program
    .command('completion')
    .description('print the completion of a shell: bash, zsh, fish')
    .addArgument(new Argument('<shell>', 'which').choices(Object.keys(SHELLS)))
    .action((shell: keyof typeof SHELLS) => {
      const write: (tree: readonly CompletedCommand[]) => string = SHELLS[shell];
      process.stdout.write(write(completionTree(program)));
    });
  teach(command, {
    examples: [
      ['eval "$(leadgen completion bash)"', 'for this shell; in ~/.bashrc for all'],
      ['source <(leadgen completion zsh)'],
      ['leadgen completion fish > ~/.config/fish/completions/leadgen.fish'],
    ],
    notes: ['It is made from the commands of this release: load it anew after an update.'],
    prints: 'a script for the shell, and nothing else.',
    exitCodes: [0, 2],
    seeAlso: ['leadgen help'],
  });
}
