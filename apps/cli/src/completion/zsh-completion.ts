import type { CompletedCommand, CompletedFlag } from './completion-tree';
import { caseArms, placeOf, stepCases, type ShellCase } from './shell-cases';

/** Completion for zsh, with the descriptions beside verbs and flags. */
export function zshCompletion(tree: readonly CompletedCommand[]): string {
  return `#compdef leadgen
# zsh completion of leadgen; load it with: source <(leadgen completion zsh)
_leadgen() {
  local at='' word cur=\${words[CURRENT]} prev=\${words[CURRENT - 1]} i
  local -a offered
  for ((i = 2; i < CURRENT; i++)); do
    word=\${words[i]}
    case "$at $word" in
${caseArms(stepCases(tree))}
    esac
  done
  if [[ $cur == --*=* ]]; then
    prev=\${cur%%=*}
    compset -P '*='
  fi
  case "$at $prev" in
${caseArms(tree.flatMap((command) => command.flags.flatMap((flag) => valueCase(command, flag))))}
  esac
  if [[ $cur == -* ]]; then
    case "$at" in
${caseArms(tree.map((command) => [placeOf(command), `offered=(${command.flags.map(({ flag, description }) => described(flag, description)).join(' ')})`]))}
    esac
    _describe -o flag offered
    return
  fi
  case "$at" in
${caseArms(tree.map((command) => [placeOf(command), own(command)]))}
  esac
  _describe word offered
}
if [[ $funcstack[1] == _leadgen ]]; then
  _leadgen "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
  compdef _leadgen leadgen
fi
`;
}

function valueCase(command: CompletedCommand, { flag, value }: CompletedFlag): ShellCase[] {
  const pattern = `${placeOf(command)} ${flag}`;
  switch (value.kind) {
    case 'none':
      return [];
    case 'text':
      return [[pattern, `_message ${quoted(flag)}; return`]];
    case 'file':
      return [[pattern, '_files; return']];
    case 'word':
      return [[pattern, `compadd -- ${value.words.map(quoted).join(' ')}; return`]];
    case 'list':
      return [[pattern, `compset -P '*,'; compadd -qS , -- ${value.words.map(quoted).join(' ')}; return`]];
  }
}

function own({ verbs, words, flags }: CompletedCommand): string {
  const named = verbs.map(({ name, description }) => described(name, description));
  const offered = [...named, ...words.map(quoted)];
  const shown =
    offered.length > 0 ? offered : flags.map(({ flag, description }) => described(flag, description));
  return `offered=(${shown.join(' ')})`;
}

function described(word: string, description: string): string {
  return quoted(`${word.replaceAll(':', '\\:')}:${description}`);
}

/** In single quotes, which zsh takes as they are. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
