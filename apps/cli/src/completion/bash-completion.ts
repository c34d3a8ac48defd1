import type { CompletedCommand, CompletedFlag } from './completion-tree';
import { caseArms, placeOf, stepCases, type ShellCase } from './shell-cases';

/** Functions that offer words, parts of a comma-separated list, and files. */
const OFFERS = `_leadgen_words() {
  local IFS=$' \\t\\n'
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}
_leadgen_list() {
  local head='' last=$cur word
  if [[ $cur == *,* ]]; then
    head=\${cur%,*},
    last=\${cur##*,}
  fi
  for word in $1; do
    [[ $word == "$last"* ]] && COMPREPLY+=("$head$word")
  done
}
_leadgen_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$cur"))
}
`;

/**
 * Completion for bash 4 or later, without the bash-completion package. The words typed so far lead to a command; its verbs,
 * flags, or the values of the flag before the cursor are offered.
 */
export function bashCompletion(tree: readonly CompletedCommand[]): string {
  return `# bash completion of leadgen; load it with: eval "$(leadgen completion bash)"
_leadgen() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev='' at='' word i
  COMPREPLY=()
  ((COMP_CWORD > 0)) && prev=\${COMP_WORDS[COMP_CWORD - 1]}
  # Readline breaks --flag=value into three words.
  if [[ $cur == '=' ]]; then
    cur=''
  elif [[ $prev == '=' ]] && ((COMP_CWORD > 1)); then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "$at $word" in
${caseArms(stepCases(tree))}
    esac
  done
  case "$at $prev" in
${caseArms(tree.flatMap((command) => command.flags.flatMap((flag) => valueCase(command, flag))))}
  esac
  if [[ $cur == -* ]]; then
    case "$at" in
${caseArms(tree.map((command) => [placeOf(command), `_leadgen_words "${command.flags.map(({ flag }) => flag).join(' ')}"`]))}
    esac
    return
  fi
  case "$at" in
${caseArms(tree.flatMap((command) => own(command)))}
  esac
}
${OFFERS}complete -F _leadgen leadgen
`;
}

function valueCase(command: CompletedCommand, { flag, value }: CompletedFlag): ShellCase[] {
  const pattern = `${placeOf(command)} ${flag}`;
  switch (value.kind) {
    case 'none':
      return [];
    case 'text':
      return [[pattern, 'return']];
    case 'file':
      return [[pattern, '_leadgen_files; return']];
    case 'word':
      return [[pattern, `_leadgen_words "${value.words.join(' ')}"; return`]];
    case 'list':
      return [[pattern, `_leadgen_list "${value.words.join(' ')}"; return`]];
  }
}

/** What a command offers where nothing was typed yet: its verbs and words, else its flags. */
function own(command: CompletedCommand): ShellCase[] {
  const words = [...command.verbs.map(({ name }) => name), ...command.words];
  const offered = words.length > 0 ? words : command.flags.map(({ flag }) => flag);
  return [[placeOf(command), `_leadgen_words "${offered.join(' ')}"`]];
}
