import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORAGE, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { appError, type InputTotals, type RunPlan, type RunRecord } from '#libs/contracts';
import {
  compileExclusions,
  compileIcp,
  createShortlist,
  excludedMatch,
  matchIcp,
  type ExclusionFinder,
  type ShortlistResult,
} from '#libs/domain';
import { counted, type AppError } from '#libs/kernel';
import { objectKeys, type ObjectStorage, type ObjectWriter, type RunFile } from '#libs/object-storage';
import { LeadRanks, RunRepository, type RunRef } from '#libs/run-state';
import type { Shortlisted } from './add-companies.stage';
import { normalizeDataset, type NormalizedDataset } from './intake/normalize-dataset';
import { objectWritable } from './intake/object-writable';
import { RunEstimator } from './plan/run-estimator';
import { readExclusions } from './shortlist/exclusions-file';
import { readShortlist, shortlistLines } from './shortlist/shortlist-file';

/** Matching companies behind the limit that are still listed one by one; the others are counted. */
const LISTED_BEHIND = 1_000;
/** Companies on the exclusion list that are listed one by one. */
const LISTED_EXCLUDED = 10_000;

/** Reads the run's companies, writes what became of every row, and shortlists by the ICP. */
@Injectable()
export class NormalizeStage {
  constructor(
    private readonly runs: RunRepository,
    @Inject(OBJECT_STORAGE) private readonly storage: ObjectStorage,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly estimator: RunEstimator,
    private readonly ranks: LeadRanks,
  ) {}

  /**
   * The run's candidates, best first, read as they are needed. A run whose shortlist was written before (its worker died while adding) is not
   * normalized again. Throws the `input_…` errors of the dataset, `input_all_rejected` among them.
   */
  async shortlist(run: RunRef, record: RunRecord, plan: RunPlan, signal: AbortSignal): Promise<Shortlisted> {
    const key = this.key(run, 'shortlist.jsonl');
    if ((await this.runs.field(run, 'input')) === undefined) {
      const started = performance.now();
      const name = record.request.dataset_name ?? 'the companies';
      await this.runs.announce(run, 'stage_started', 'normalize', `Normalizing ${name}`);
      const { totals, shortlist } = await this.normalize(run, record, plan, signal);
      // A worker that was frozen meanwhile, and lost the job, has nothing to say about the run any more.
      signal.throwIfAborted();
      await this.storage.write(key, shortlistLines(shortlist));
      await this.runs.stages.record(run, 'normalize', Math.round(performance.now() - started));
      await this.announce(run, plan, totals, shortlist);
    }
    const matched = Number(await this.runs.field(run, 'matched'));
    const leftOut = Number((await this.runs.field(run, 'left_out')) ?? 0);
    return {
      count: Math.min(matched - leftOut, record.request.limit),
      candidates: readShortlist(await this.storage.open(key)),
    };
  }

  private async normalize(
    run: RunRef,
    record: RunRecord,
    plan: RunPlan,
    signal: AbortSignal,
  ): Promise<{ totals: InputTotals; shortlist: ShortlistResult }> {
    const dataset = record.request.dataset_key;
    if (dataset === undefined) throw appError('internal', 'a run without companies was planned');
    const icp = compileIcp(plan.icp);
    const exclusionOf = await this.exclusions(run, plan);
    const handedOver = await this.handedOver(run, record, plan);
    const shortlist = createShortlist({
      limit: record.request.limit,
      waiting: LISTED_BEHIND,
      excluded: LISTED_EXCLUDED,
    });
    const scratchDir = join(this.settings.runtime.dataDir, 'scratch');
    await mkdir(scratchDir, { recursive: true });
    const normalized = await this.storage.createWriter(this.key(run, 'normalized.jsonl'));
    let rejects: ObjectWriter | undefined;
    try {
      rejects = await this.storage.createWriter(this.key(run, 'rejects.jsonl'));
      const result = await this.intoFiles(normalized, rejects, (outputs) =>
        normalizeDataset({
          open: () => this.storage.open(dataset),
          fileName: record.request.dataset_name ?? dataset,
          scratchDir,
          ...outputs,
          onCompany: (company) => {
            const exclusion = exclusionOf(company);
            if (exclusion) shortlist.exclude(company, excludedMatch(exclusion));
            else if (handedOver.has(company.company_id)) shortlist.leaveOut(company, matchIcp(company, icp));
            else shortlist.add(company, matchIcp(company, icp));
          },
          signal,
        }),
      );
      await this.storage.write(this.key(run, 'mapping.json'), `${JSON.stringify(result.mapping, null, 2)}\n`);
      await normalized.commit();
      await rejects.commit();
      if (result.totals.kept === 0) throw noCompany(record, result);
      return { totals: result.totals, shortlist: shortlist.result() };
    } finally {
      await normalized.abort();
      await rejects?.abort();
    }
  }

  /** A run of new ones only spends neither places nor money on whom its tenant has been handed before. */
  private async handedOver(
    { tenantId }: RunRef,
    { request }: RunRecord,
    { simulated }: RunPlan,
  ): Promise<ReadonlySet<string>> {
    return request.new_only === true ? this.ranks.handedOver(tenantId, { simulated }) : new Set();
  }

  private async exclusions(run: RunRef, plan: RunPlan): Promise<ExclusionFinder> {
    if (plan.exclusions === undefined) return () => undefined;
    return compileExclusions(
      await readExclusions(await this.storage.open(this.key(run, 'exclusions.jsonl'))),
    );
  }

  private async intoFiles<Result>(
    normalized: ObjectWriter,
    rejects: ObjectWriter,
    write: (outputs: { normalized: Writable; rejects: Writable }) => Promise<Result>,
  ): Promise<Result> {
    const outputs = { normalized: objectWritable(normalized), rejects: objectWritable(rejects) };
    const result = await write(outputs);
    for (const output of Object.values(outputs)) {
      if (!output.writableEnded) output.end();
      if (!output.writableFinished) await once(output, 'finish');
    }
    return result;
  }

  private async announce(
    run: RunRef,
    plan: RunPlan,
    totals: InputTotals,
    shortlist: ShortlistResult,
  ): Promise<void> {
    const { matched, leftOut, selected, nearestMisses, excludedCount } = shortlist;
    const estimate = await this.estimator.estimate(run.tenantId, plan, selected);
    const kept = counted(totals.kept, 'company', 'companies');
    const summary = `${counted(totals.rows, 'row')}: ${kept}, ${totals.merged} merged, ${totals.rejected} rejected`;
    await this.runs.announce(run, 'stage_completed', 'normalize', summary, {
      input: JSON.stringify(totals),
      matched,
      left_out: leftOut,
      nearest_misses: JSON.stringify(nearestMisses),
      excluded: excludedCount,
    });
    await this.runs.announce(
      run,
      'stage_completed',
      'shortlist',
      `${matched} of ${kept} match; ${selected.length} selected${leftOut > 0 ? `; ${leftOut} delivered before` : ''}${excludedCount > 0 ? `; ${excludedCount} excluded` : ''}`,
      { estimate: JSON.stringify(estimate) },
    );
  }

  private key(run: RunRef, file: RunFile): string {
    return objectKeys.runFile(run.tenantId, run.runId, file);
  }
}

/** What becomes of a run none of whose rows is a company: whoever handed them over must hear of it. */
function noCompany({ request }: RunRecord, { totals, firstRejects }: NormalizedDataset): AppError {
  const reasons = firstRejects.map(({ row, reason }) => `row ${row}: ${reason}`).join('; ');
  return appError(
    'input_all_rejected',
    `${request.dataset_name ?? 'The input'} has ${counted(totals.rows, 'row')}, of which none could become a company ` +
      `(${reasons}): correct them and start a new run; rejects.jsonl of this one has the reason of each`,
  );
}
