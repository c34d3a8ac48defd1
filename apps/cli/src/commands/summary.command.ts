import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { EXIT } from '../exit-code';
import { summaryLine } from '../output/summary-line';
import type { CommandContext } from '../command-context';
import { teach, type HelpPage } from '../help/teach';
import type { ResultLine } from '../run/result-line';

const HELP: HelpPage = {
  examples: [
    [
      'leadgen run --tenant-id acme --companies companies.csv --json >run.ndjson; leadgen summary <run.ndjson',
      "what the run came to, in one line; scripts/run-orchestrator does this for cron's mail",
    ],
  ],
  prints: 'one line, and nothing else.',
  notes: ['It ends with the exit code of the run; with 1 if there is no result in what was read.'],
  exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 69],
  seeAlso: ['leadgen run', 'docs/cron.md'],
};

/** `leadgen summary`: what a run printed, in one line. */
export function summaryCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('summary')
    .description('read what a run printed from stdin and say in one line how it ended')
    .action(async () => {
      const result = await lastResult(process.stdin);
      process.stdout.write(`${result ? summaryLine(result) : 'leadgen: the run ended without a result'}\n`);
      context.exitCode = result?.exit_code ?? EXIT.failed;
    });
  teach(command, HELP);
}

/** The last result line; logs and notes may stand between, and behind it. */
async function lastResult(input: NodeJS.ReadableStream): Promise<ResultLine | undefined> {
  let last: string | undefined;
  for await (const line of createInterface({ input })) {
    if (line.startsWith('{"event":"result",')) last = line;
  }
  return last === undefined ? undefined : parsed(last);
}

function parsed(line: string): ResultLine | undefined {
  try {
    return JSON.parse(line) as ResultLine;
  } catch {
    // A full disk, or a kill, has cut it off: there is no result.
    return undefined;
  }
}
