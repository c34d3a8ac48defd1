import { join } from 'node:path';
import type { Command } from 'commander';
import { loadSettings } from '#libs/config';
import { leadSchema, type Lead, type RunRecord } from '#libs/contracts';
import { objectKeys, type ObjectStorage } from '#libs/object-storage';
import type { CommandContext } from '../command-context';
import type { ConnectedCell } from '../cell/connected-cell';
import { teach, type HelpPage } from '../help/teach';
import { leadsTable } from '../output/leads-table';
import { NdjsonReporter } from '../output/ndjson.reporter';
import { runReport } from '../output/run-report';
import { TerminalReporter } from '../output/terminal.reporter';
import { parseRunOptions } from '../run/run-options';
import { executeRun } from './run.command';

const TOP = 10;
/** The repository's root, seen from `dist/apps/cli/src/commands`. */
const ROOT = join(__dirname, '../../../../..');

const HELP: HelpPage = {
  examples: [
    ['leadgen demo', 'half a minute; nothing leaves the machine, and no key is needed'],
    ['leadgen demo --limit 5 --json', 'for scripts'],
  ],
  prints:
    'the stages as they go, the ten best leads and a report; the result has counts, cost and files, as leadgen run.',
  notes: [
    'Vendors, websites and the model are simulated. What was made is kept in LEADGEN_DATA_DIR (./.leadgen).',
  ],
  exitCodes: [0, 1, 2, 5, 6, 69],
  seeAlso: ['leadgen run', 'leadgen dev', 'docs/simulator.md'],
};

/** `leadgen demo`: the main job on the sample companies, offline, ending in a table of the top leads. */
export function demoCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('demo')
    .description('run the pipeline on the sample companies, offline, and show the top leads')
    .option('--json', 'NDJSON instead of a table')
    .option('--limit <n>', 'enrich at most this many candidates', '25')
    .action(async ({ json = false, limit }: { json?: boolean; limit: string }) => {
      const settings = offlineSettings();
      const options = parseRunOptions({
        tenantId: 'demo',
        input: 'run full pipeline',
        icpPayload: '{"industries":["software"]}',
        companies: join(ROOT, 'samples/companies.csv'),
        limit,
        timeout: '600',
        runMode: 'full',
        wait: true,
        json,
      });
      const reporter = json
        ? new NdjsonReporter(process.stdout, process.stderr)
        : new TerminalReporter(process.stdout);
      const show = json ? undefined : showLeads;
      const { result } = await executeRun(
        options,
        { settings, logger: context.logger, signal: context.signal },
        reporter,
        show,
      );
      context.end(result, reporter);
    });
  teach(command, HELP);
}

/** The demo never leaves the machine and never touches a cell somebody else uses. */
function offlineSettings(): ReturnType<typeof loadSettings> {
  return loadSettings(undefined, { ORCHESTRATOR_OFFLINE: '1', REDIS_URL: '', REDIS_URL_FILE: '' });
}

async function showLeads(cell: ConnectedCell, run: RunRecord): Promise<void> {
  const leads = await topLeads(cell.storage, run);
  if (leads.length > 0) process.stdout.write(`\n${leadsTable(leads)}\n`);
  process.stdout.write(`\n${runReport(run)}\n\n`);
}

async function topLeads(storage: ObjectStorage, run: RunRecord): Promise<Lead[]> {
  const key = objectKeys.runFile(run.request.tenant_id, run.run_id, 'leads.jsonl');
  if (!(await storage.exists(key))) return [];
  const pieces: Buffer[] = [];
  for await (const piece of await storage.open(key)) pieces.push(piece as Buffer);
  const lines = Buffer.concat(pieces).toString('utf8').split('\n').filter(Boolean);
  return lines.slice(0, TOP).map((line) => leadSchema.parse(JSON.parse(line)));
}
