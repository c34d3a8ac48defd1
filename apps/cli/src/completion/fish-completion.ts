import type { CompletedCommand, CompletedFlag } from './completion-tree';

/** Completion for fish, with the descriptions beside verbs and flags. */
export function fishCompletion(tree: readonly CompletedCommand[]): string {
  return `# fish completion of leadgen; load it with: leadgen completion fish | source
function __leadgen_at
    set -l at ''
    set -l typed (commandline -opc)
    for word in $typed[2..]
        switch "$at $word"
            case ${tree
              .filter(({ path }) => path.length > 0)
              .map((command) => quoted(` ${command.path.join(' ')}`))
              .join(' ')}
                set at "$at $word"
        end
    end
    test "$at" = "$argv[1]"
end
complete -c leadgen -f
${tree.flatMap(linesOf).join('\n')}
`;
}

function linesOf(command: CompletedCommand): string[] {
  const at = command.path.map((word) => ` ${word}`).join('');
  const start = `complete -c leadgen -n ${quoted(`__leadgen_at ${quoted(at)}`)}`;
  return [
    ...command.verbs.map(({ name, description }) => `${start} -a ${name} -d ${quoted(description)}`),
    ...command.words.map((word) => `${start} -a ${quoted(word)}`),
    ...command.flags.map(
      (flag) => `${start} -l ${flag.flag.replace(/^--/, '')} -d ${quoted(flag.description)}${value(flag)}`,
    ),
  ];
}

function value({ value: takes }: CompletedFlag): string {
  switch (takes.kind) {
    case 'none':
      return '';
    case 'text':
      return ' -x';
    case 'file':
      return ' -rF';
    case 'word':
      return ` -xa ${quoted(takes.words.join(' '))}`;
    case 'list':
      return ` -xa ${quoted(`(__fish_append , ${takes.words.join(' ')})`)}`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
