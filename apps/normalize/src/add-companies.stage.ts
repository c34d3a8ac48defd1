import { Injectable } from '@nestjs/common';
import { failpoint } from '#libs/config';
import type { RunPlan, RunRecord } from '#libs/contracts';
import { counted } from '#libs/kernel';
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
    let cursor = claim.cursor;
    for await (const chunk of chunksFrom(claim.cursor, candidates)) {
      signal.throwIfAborted();
      const pending = new Set(await this.companies.create(run, token, chunk));
      failpoint('normalize.before_add');
      if (walk) {
        const children = chunk
          .filter(({ company }) => pending.has(company.company_id))
          .map(({ company }) => ({ companyId: company.company_id }));
        await this.flow.addCompanies({ ...run, epoch, weight: plan.weight }, token, children);
      }
      failpoint('normalize.after_add');
      cursor += chunk.length;
      await advance(cursor);
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
