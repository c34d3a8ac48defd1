import { Injectable } from '@nestjs/common';
import { failpoint } from '#libs/config';
import type { RunPlan, RunRecord } from '#libs/contracts';
import { counted, heardLater } from '#libs/kernel';
import { RunFlow } from '#libs/queue';
import { CompanyRepository, RunRepository, type Candidate, type RunRef } from '#libs/run-state';

const CHUNK = 500;

/** Candidates in the order of the shortlist, and how many they are. */
export interface Shortlisted {
  count: number;
  candidates: Iterable<Candidate> | AsyncIterable<Candidate>;
}

/**
 * Stores the candidates and adds a child of the export for each. A durable cursor after every chunk bounds what a crash
 * repeats to one chunk; the fence keeps a worker that was taken over from adding anything.
 */
@Injectable()
export class AddCompaniesStage {
  constructor(
    private readonly runs: RunRepository,
    private readonly companies: CompanyRepository,
    private readonly flow: RunFlow,
  ) {}

  /** Throws `fenced_out` if another worker takes over meanwhile. */
  async add(
    run: RunRef,
    { epoch }: Pick<RunRecord, 'epoch'>,
    plan: RunPlan,
    { count, candidates }: Shortlisted,
    signal: AbortSignal,
  ): Promise<void> {
    const claim = await this.runs.adding.claim(run);
    if ('closed' in claim) return;
    const { token } = claim;
    const advance = (cursor: number): Promise<void> =>
      this.runs.adding.advance(run, token, { cursor, candidates: count });
    await advance(claim.cursor);
    const walk = plan.stages.includes('enrich');
    const addChildren = async (companyIds: readonly string[], cursor: number): Promise<void> => {
      signal.throwIfAborted();
      failpoint('normalize.before_add');
      const children = companyIds.map((companyId) => ({ companyId }));
      if (walk) await this.flow.addCompanies({ ...run, epoch, weight: plan.weight }, token, children);
      failpoint('normalize.after_add');
      await advance(cursor);
    };
    let cursor = claim.cursor;
    // A chunk is stored while the children of the one before are added: enrich must not wait for round trips.
    let adding = Promise.resolve();
    try {
      for await (const chunk of chunksFrom(claim.cursor, candidates)) {
        const [pending] = await Promise.all([this.companies.create(run, token, chunk), adding]);
        cursor += chunk.length;
        // It may fail while the next chunk is still read.
        adding = heardLater(addChildren(pending, cursor));
      }
      await adding;
    } finally {
      // Whatever went wrong: nothing of it is still under way when the job ends.
      await Promise.allSettled([adding]);
    }
    if (walk && count > 0) {
      const companies = counted(count, 'company', 'companies');
      await this.runs.announce(run, 'stage_started', 'enrich', `Enriching ${companies}`);
    }
  }
}

/** The candidates behind the first `skipped`, in chunks. */
async function* chunksFrom(
  skipped: number,
  candidates: Shortlisted['candidates'],
): AsyncGenerator<Candidate[]> {
  let chunk: Candidate[] = [];
  let position = 0;
  for await (const candidate of candidates) {
    position += 1;
    if (position <= skipped) continue;
    chunk.push(candidate);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
