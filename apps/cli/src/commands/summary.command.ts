import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { EXIT } from '../exit-code';
import { summaryLine } from '../output/summary-line';
import type { CommandContext } from '../command-context';
import type { ResultLine } from '../run/result-line';

const EXAMPLES = `
Examples:
  leadgen run --tenant-id acme --companies companies.csv --json >run.ndjson; leadgen summary <run.ndjson
                                  what the run came to, in one line; scripts/run-orchestrator does this for cron's mail

Exit codes: that of the run; 1 if there is no result in what was read.
`;

/** `leadgen summary`: what a run printed, in one line. */
export function summaryCommand(program: Command, context: CommandContext): void {
  program
    .command('summary')
    .description('read what a run printed from stdin and say in one line how it ended')
    .addHelpText('after', EXAMPLES)
    .action(async () => {
      const result = await lastResult(process.stdin);
      process.stdout.write(`${result ? summaryLine(result) : 'leadgen: the run ended without a result'}\n`);
      context.exitCode = result?.exit_code ?? EXIT.failed;
    });
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
