import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadSettings, type Settings } from '#libs/config';
import { appError, runRequestSchema, type RunRecord } from '#libs/contracts';
import { durationText } from '#libs/domain';
import { counted } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import type { RunRef } from '#libs/run-state';
import { startEmbeddedCell } from '../cell/embedded-cell';
import type { OpenCell } from '../cell/opened-cell';
import type { Reporter } from '../output/reporter.port';
import { storeCompaniesFile } from '../run/companies-file';
import { followRun } from '../run/follow-run';
import { RehearsalFolder } from './rehearsal-folder';
import type { RehearsalPlan } from './rehearsal-plan';
import { rehearsalVerdict, type RehearsedRun, type Verdict } from './rehearsal-verdict';
import { SimulatorControl } from './simulator-control';
import { WatchedRun } from './watched-run';

export interface RehearsalContext {
  settings: Settings;
  logger: Logger;
  signal: AbortSignal;
  reporter: Reporter;
}

/**
 * Runs companies of several tenants through a private, simulated cell whose vendor has the cap asked for, and judges by
 * the vendor's books. Everything it starts and writes is its own, in a new folder below the data folder, and is gone
 * afterwards; only if the cell breaks down its logs stay. Throws what the embedded cell throws, and `run_stopped` when
 * interrupted.
 */
export async function rehearse(plan: RehearsalPlan, context: RehearsalContext): Promise<Verdict> {
  const folder = await RehearsalFolder.make(context.settings.runtime.dataDir);
  try {
    const verdict = await rehearsed(plan, folder, context);
    await folder.remove();
    return verdict;
  } catch (error) {
    if (context.signal.aborted) {
      await folder.remove();
      throw appError('run_stopped', 'interrupted: the rehearsal has ended, and nothing of it is left', {
        cause: error,
      });
    }
    context.reporter.note(`What the rehearsal's processes wrote is kept in ${folder.path}`);
    throw error;
  }
}

async function rehearsed(
  plan: RehearsalPlan,
  { path, redisCacheDir }: RehearsalFolder,
  context: RehearsalContext,
): Promise<Verdict> {
  const { logger, signal, reporter } = context;
  const settings = await rehearsalSettings(plan, path);
  const note = (text: string): void => reporter.note(text);
  const opened = await startEmbeddedCell({ settings, logger, signal, note, redisCacheDir });
  try {
    const simulator = new SimulatorControl(simulatorUrl(opened));
    await simulator.setCap(plan);
    note(introduction(plan));
    const tenants = Array.from({ length: plan.tenants }, (_, i) => `tenant-${i + 1}`);
    const runs = await Promise.all(
      tenants.map(async (tenant) =>
        rehearsedRun(tenant, await writeCompanies(path, tenant, plan.companies), plan, opened, context),
      ),
    );
    signal.throwIfAborted();
    return rehearsalVerdict(plan, runs, await simulator.books(plan.vendor, tenantOf));
  } finally {
    await opened.close();
  }
}

/** What is about to happen, so that a wait is not taken for a fault. */
function introduction({ vendor, op, cap, windowMs, companies, tenants }: RehearsalPlan): string {
  const asked = counted(companies * tenants, 'company', 'companies');
  const waits = Math.max(0, Math.ceil((companies * tenants) / cap) - 1) * windowMs;
  return (
    `${vendor} takes ${counted(cap, 'call')} per ${durationText(windowMs / 1_000)}, and ${asked} of ` +
    `${counted(tenants, 'tenant')} need one each (${op}): ${waits === 0 ? 'nobody has to wait' : `about ${durationText(waits / 1_000)} of waiting`}.`
  );
}

/** Settings of a cell of its own, in which the vendor has this cap and is asked first. */
async function rehearsalSettings(plan: RehearsalPlan, folder: string): Promise<Settings> {
  const vendors = join(folder, 'vendors.json');
  const { vendor, cap, windowMs, kind } = plan;
  const windows = [{ name: 'rehearsal', limit: cap, length_ms: windowMs, kind }];
  await writeFile(vendors, JSON.stringify({ [vendor]: { windows, only_these_windows: true } }));
  const tenants = join(folder, 'tenants.json');
  await writeFile(tenants, JSON.stringify({ default: { waterfalls: plan.waterfalls } }));
  return loadSettings(undefined, {
    ORCHESTRATOR_OFFLINE: '1',
    REDIS_URL: '',
    REDIS_URL_FILE: '',
    LEADGEN_DATA_DIR: folder,
    LEADGEN_STORAGE_DIR: '',
    LEADGEN_VENDORS_FILE: vendors,
    LEADGEN_TENANTS_FILE: tenants,
  });
}

function simulatorUrl({ simulatorUrl: url }: OpenCell): string {
  if (url === undefined) throw new TypeError('an offline cell has a simulator');
  return url;
}

/** Between the tenant's name and the company's number in its domain. */
const OWN = '-company-';
const OWNER = new RegExp(`(tenant-\\d+)${OWN}\\d`);

/** Whose company a request was about. Null where its domain is not in it: models read texts, actors have runs. */
function tenantOf(input: string): string | null {
  return OWNER.exec(input)?.[1] ?? null;
}

/** Companies of the tenant's own: the platform's key would buy another's a second time. */
async function writeCompanies(folder: string, tenant: string, count: number): Promise<string> {
  const path = join(folder, `${tenant}.csv`);
  const rows = Array.from(
    { length: count },
    (_, i) => `Company ${i + 1} of ${tenant},${tenant}${OWN}${i + 1}.com,United States,Software`,
  );
  await writeFile(path, `name,domain,country,industry\n${rows.join('\n')}\n`);
  return path;
}

async function rehearsedRun(
  tenant: string,
  companies: string,
  plan: RehearsalPlan,
  { cell, lost }: OpenCell,
  { reporter, signal }: RehearsalContext,
): Promise<RehearsedRun> {
  const run = await cell.runs.create(
    runRequestSchema.parse({
      tenant_id: tenant,
      input: 'run full pipeline',
      icp: {},
      limit: plan.companies,
      offline: true,
      dataset_key: await storeCompaniesFile(cell.storage, tenant, companies),
    }),
    { source: 'cli' },
  );
  await cell.flow.addRun(run);
  const watched = new WatchedRun(tenant, reporter);
  return watched.outcome(await followed(run, watched));

  async function followed(ref: RunRef, listener: WatchedRun): Promise<RunRecord> {
    const ends = AbortSignal.any([signal, AbortSignal.timeout(plan.timeoutMs), lost]);
    const record = await followRun(cell.runs, ref, listener, ends);
    if (lost.aborted) throw lost.reason;
    return record;
  }
}
