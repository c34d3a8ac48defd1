// Writes docs/errors.md from the error catalogue.
import { built } from './generated/built.mjs';
import { publishGenerated, table } from './generated/publish-generated.mjs';

const { ERROR_CATALOGUE } = built('libs/contracts/src/index');

function retryOf(retry) {
  if (retry === 'never') return 'no';
  if (retry === 'backoff') return 'with backoff';
  return `after ${retry.afterMs / 1000} s`;
}

const markdown = [
  '# Errors',
  '<!-- Written by scripts/generate-error-docs.mjs: change libs/contracts/src/error-catalogue.ts. -->',
  'Every code that leaves a process: in the last line of the CLI (`error.code`), in the API’s problem documents (`code`), in ' +
    'logs and in a run’s `problem`. Codes never change value.',
  '*exit* is the CLI’s exit code if the error ends the command; a wrong setting (`config_invalid`) ends the CLI with 2, a ' +
    'server process with 78. *HTTP* is the API’s status where it says this code. *retried* is what a worker does by itself. A ' +
    '*fault* is for somebody to look at; the others are part of normal life.',
  table(
    ['code', 'exit', 'HTTP', 'retried', 'fault', 'meaning', 'what to do'],
    Object.entries(ERROR_CATALOGUE).map(([code, { exit, http, retry, severity, meaning, remedy }]) => [
      `\`${code}\``,
      exit,
      http ?? '–',
      retryOf(retry),
      severity === 'fault' ? 'yes' : '',
      meaning,
      remedy,
    ]),
  ),
].join('\n\n');

process.exitCode = await publishGenerated(
  { 'docs/errors.md': markdown },
  { script: 'generate-error-docs.mjs' },
);
