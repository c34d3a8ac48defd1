import type { Command } from 'commander';
import { appError } from '#libs/contracts';
import { estimateText, RETRY_CAUSES, type RetryCause } from '#libs/domain';
import { counted } from '#libs/kernel';
import type { RetryPrice, RunRetry } from '#libs/run-retry';
import type { RunRef } from '#libs/run-state';
import type { ConnectedCell } from '../cell/connected-cell';
import { actorOf, addActor, type ActorOptions } from '../audit/actor';
import type { CommandContext } from '../command-context';
import { EXIT } from '../exit-code';
import { microUsd } from '../typed/micro-usd';
import { resultOfRun } from '../run/result-line';
import { addRunReference, withRun, type RunReferenceOptions } from '../run/run-reference';
import { wordOption } from '../typed/word-option';
import { CELL_NOTE, teach } from '../help/teach';

interface RetryOptions extends RunReferenceOptions, ActorOptions {
  dryRun?: boolean;
  maxCost?: string;
  include?: string;
}

const WHO = 'a person';

/** `leadgen retry`: the price first, then the run's failed and doubtful companies are walked again. */
export function retryCommand(program: Command, context: CommandContext): void {
  const description = 'walk the companies of an ended run again that failed or are in doubt';
  const command = addActor(addRunReference(program.command('retry').description(description)))
    .option('--dry-run', 'say what it would take, and start nothing')
    .option('--max-cost <usd>', 'do not start if it is expected to cost more, in US dollars')
    .addOption(
      wordOption('--include <causes>', 'which companies, with commas', RETRY_CAUSES, { list: true }).default(
        RETRY_CAUSES.join(','),
      ),
    )
    .action(async (raw: RetryOptions) => {
      const include = causesOf(raw.include ?? '');
      const maxCostMicro = raw.maxCost === undefined ? null : microUsd('--max-cost', raw.maxCost);
      const { activeRunsPerTenant: activeRunsMax } = context.settings.api;
      const actor = actorOf(raw);
      await withRun(raw, context, async (cell, run, { asleep }) => {
        await withRetry(cell, context, async (retrying) => {
          const reporter = context.reporter(raw.json ?? false);
          const priced = (price: RetryPrice): void => reporter.note(priceText(price));
          const price = raw.dryRun
            ? await retrying.price(run, include)
            : await retrying.start(run, { include, maxCostMicro, activeRunsMax, who: WHO, priced });
          if (raw.dryRun) priced(price);
          else await recordRetry(cell, run, actor, price);
          if (!raw.dryRun && asleep) {
            reporter.note('Nobody works there now: the next leadgen run goes on with it');
          }
          const result = await resultOfRun(await cell.runs.get(run), cell.storage);
          const retry = { dry_run: raw.dryRun ?? false, ...priceMembers(price) };
          context.end({ ...result, exit_code: EXIT.completed, retry }, reporter);
        });
      });
    });
  teach(command, {
    examples: [
      ['leadgen retry --tenant-id acme --run-id run_01J8ZC… --dry-run', 'what it would take'],
      ['leadgen retry --tenant-id acme --run-id run_01J8ZC… --max-cost 5.00'],
      ['leadgen retry --tenant-id acme --run-id run_01J8ZC… --include failed', 'and leave what is in doubt'],
    ],
    notes: ['What was found is not bought again. It does not wait: leadgen status --wait does.', CELL_NOTE],
    prints: 'what it would take or what was started; the result has calls, cost and companies by cause.',
    exitCodes: [0, 1, 2, 69],
    seeAlso: ['leadgen status', 'leadgen vendors doubts'],
  });
}

async function recordRetry(
  { audit }: ConnectedCell,
  { tenantId, runId }: RunRef,
  actor: string,
  { companies, estimate }: RetryPrice,
): Promise<void> {
  const details = { companies, expected_micro_usd: estimate.cost_micro.expected };
  await audit.record({ tenantId, actor, action: 'run.retried', target: runId, details });
}

function causesOf(text: string): RetryCause[] {
  const words = text.split(',').map((word) => word.trim());
  const causes = RETRY_CAUSES.filter((cause) => words.includes(cause));
  if (causes.length === words.length && causes.length > 0) return causes;
  throw appError(
    'usage',
    `--include ${JSON.stringify(text)}: give ${RETRY_CAUSES.join(', ')}, or both apart by a comma`,
  );
}

/** Vendors are loaded for this command only. */
async function withRetry(
  cell: ConnectedCell,
  { settings }: CommandContext,
  use: (retrying: RunRetry) => Promise<void>,
): Promise<void> {
  const [{ createVendorRegistry }, { RetryPricing, RunRetry }] = await Promise.all([
    import('#libs/vendors'),
    import('#libs/run-retry'),
  ]);
  const { vendors: access, vendorOverrides: overrides, runtime } = settings;
  const registry = createVendorRegistry({ access, overrides, offline: runtime.offline });
  try {
    const pricing = new RetryPricing(cell.companies, cell.gate, registry);
    await use(new RunRetry(cell.runs, cell.flow, pricing));
  } finally {
    await registry.close();
  }
}

function priceText({ failed, inDoubt, staysInDoubt, estimate }: RetryPrice): string {
  const stays = staysInDoubt > 0 ? `, of which ${staysInDoubt} stay so until they are resolved` : '';
  return `${counted(failed, 'company', 'companies')} with an error, ${inDoubt} in doubt${stays}. ${estimateText(estimate)}`;
}

function priceMembers({ companies, failed, inDoubt, staysInDoubt, estimate }: RetryPrice): object {
  return { companies, failed, in_doubt: inDoubt, stays_in_doubt: staysInDoubt, estimate };
}
