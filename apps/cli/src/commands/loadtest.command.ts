import type { Command } from 'commander';
import { appError } from '#libs/contracts';
import { openCell } from '../cell/open-cell';
import type { CommandContext } from '../command-context';
import { teach, type HelpPage } from '../help/teach';
import type { Reporter } from '../output/reporter.port';
import { ApiClient } from '../loadtest/api-client';
import { ApiTarget } from '../loadtest/api.target';
import { CellTarget } from '../loadtest/cell.target';
import { iterate, type Iteration } from '../loadtest/iterate';
import {
  LOADTEST_DEFAULTS,
  parseLoadOptions,
  type LoadOptions,
  type RawLoadOptions,
} from '../loadtest/load-options';
import { loadPayloads } from '../loadtest/load-payload.schema';
import { exitCodeOfLoad, loadSummary } from '../loadtest/load-summary';
import { loadSentence, loadTable } from '../loadtest/load-table';
import type { LoadTarget } from '../loadtest/load-target.port';

const HELP: HelpPage = {
  examples: [
    [
      'ORCHESTRATOR_OFFLINE=1 leadgen loadtest --iterations 10 --tenant-id loadtest',
      'one private, simulated cell for all of them, on the sample companies',
    ],
    [
      'ORCHESTRATOR_OFFLINE=1 leadgen loadtest --iterations 3 --tenant-id loadtest --same-leads',
      'fails unless every run leaves the same leads',
    ],
    [
      `LEADGEN_API_KEY=lg_… leadgen loadtest --iterations 20 --concurrency 4 --tenant-id acme \\
    --via api --base-url https://staging.example.com --payloads payloads.jsonl`,
    ],
  ],
  prints: 'a table of durations overall and per stage, and of ends; the result has the same as numbers.',
  notes: [
    'A payload that comes again is answered from the ledger while its answers are fresh: vendors are loaded by payloads that\n' +
      'differ. It ends with 1 where a run failed, or a stage took longer than its budget.',
  ],
  exitCodes: [0, 1, 2, 6, 69],
  seeAlso: ['leadgen rehearse', 'leadgen doctor', 'docs/playbook.md'],
};

/** `leadgen loadtest`: the same run many times, how long it took and whether it held. */
export function loadtestCommand(program: Command, context: CommandContext): void {
  const { iterations, concurrency, via, limit, timeout } = LOADTEST_DEFAULTS;
  const command = program
    .command('loadtest')
    .description('start many runs; durations overall and per stage, success counts, budgets')
    .option('--tenant-id <id>', 'whose runs')
    .option('--iterations <n>', 'how many runs', iterations)
    .option('--concurrency <n>', 'how many at a time', concurrency)
    .option('--via <way>', 'cli: in the cell of REDIS_URL or a private one; api: over HTTP', via)
    .option('--base-url <url>', 'where the API is, for --via api; its key is in LEADGEN_API_KEY')
    .option('--payloads <file>', 'JSONL of what runs ask for, taken in turn; not given: the sample companies')
    .option('--limit <n>', 'candidates of a run whose payload says none', limit)
    .option('--timeout <seconds>', 'give a run up after this long', timeout)
    .option('--same-leads', 'fail unless all runs of one payload leave the same leads')
    .option('--json', 'NDJSON, also on a terminal')
    .action(async (raw: RawLoadOptions) => {
      const options = parseLoadOptions(raw);
      const payloads = await loadPayloads(options.payloadsFile, options.limit);
      const reporter = context.reporter(raw.json ?? false);
      const target = await openTarget(options, context, reporter);
      try {
        const tell = (iteration: Iteration): void => reporter.note(iterationText(iteration, options));
        const summary = loadSummary(await iterate(target, payloads, options, context.signal, tell));
        reporter.show(`\n${loadTable(summary)}\n`);
        const exitCode = exitCodeOfLoad(summary, options);
        context.end(
          {
            event: 'result',
            exit_code: exitCode,
            state: exitCode === 0 ? 'passed' : 'failed',
            message: loadSentence(summary),
            ...summary,
          },
          reporter,
        );
      } finally {
        await target.close();
      }
    });
  teach(command, HELP);
}

async function openTarget(
  { apiUrl, tenantId }: LoadOptions,
  { settings, logger, signal }: CommandContext,
  reporter: Reporter,
): Promise<LoadTarget> {
  if (apiUrl !== undefined) {
    const { apiKey } = settings.client;
    if (apiKey !== undefined) return new ApiTarget(new ApiClient(apiUrl, apiKey), tenantId);
    throw appError(
      'usage',
      '--via api needs a key of the tenant in LEADGEN_API_KEY (or the file of LEADGEN_API_KEY_FILE)',
    );
  }
  const opened = await openCell({ settings, logger, signal, note: (text) => reporter.note(text) });
  return new CellTarget(opened, tenantId, settings.runtime.offline);
}

function iterationText(
  { iteration, state, durationMs, run, message }: Iteration,
  { iterations }: LoadOptions,
): string {
  const took = `${(durationMs / 1000).toFixed(1)} s`;
  const name = run === undefined ? '' : ` ${run.runId}`;
  return `${iteration}/${iterations}${name} ${state} in ${took}${state === 'completed' ? '' : `: ${message}`}`;
}
