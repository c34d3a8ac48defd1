import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { RunRecord } from '#libs/contracts';
import { compileIcp } from '#libs/domain';
import { RunRepository, type RunRef } from '#libs/run-state';
import { RunFinder } from '../orchestrations/run-finder';
import { decodeCursor, encodeCursor } from '../paging/cursor';
import type { CompaniesQueryDto } from './companies-query.dto';
import { companyStandingView, type CompanyPageView, type CompanyStandingView } from './company-page.view';
import { INPUT_PARTS, InputRows, type InputPlace } from './input-rows';

/** Rows read at a time, and for one page at most: where the filter lets few through, a page may be short. */
const CHUNK = 200;
const CHUNKS_PER_PAGE = 20;

const cursorSchema = z.strictObject({ part: z.enum(INPUT_PARTS), at: z.int().min(0) });

/** Every row of a run's input and what became of it: why a company is no lead. */
@Injectable()
export class CompaniesService {
  constructor(
    private readonly finder: RunFinder,
    private readonly runs: RunRepository,
    private readonly input: InputRows,
  ) {}

  async page(tenantId: string, id: string, query: CompaniesQueryDto): Promise<CompanyPageView> {
    const begun = query.cursor === undefined ? undefined : decodeCursor(query.cursor, cursorSchema);
    const read = await this.runThatRead(await this.finder.forReading(tenantId, id));
    if (!read) return { data: [], next_cursor: null };
    const { run, record, plan } = read;
    const terms = {
      state: record.state,
      icp: compileIcp(plan.icp),
      exclusionOf: await this.input.exclusions(run, plan),
      simulated: plan.simulated,
    };
    const data: CompanyStandingView[] = [];
    let place: InputPlace | null = begun ?? { part: 'companies', at: 0 };
    for (
      let chunks = 0;
      chunks < CHUNKS_PER_PAGE && place !== null && data.length < query.limit;
      chunks += 1
    ) {
      const size = Math.min(CHUNK, query.limit - data.length);
      const { rows, next } = await this.input.read(run, place, size, terms);
      data.push(
        ...rows
          .filter(({ standing }) => query.standing === undefined || standing === query.standing)
          .map(companyStandingView),
      );
      place = placeBehind(place, next);
    }
    return { data, next_cursor: place === null ? null : encodeCursor(place) };
  }

  /** The run itself or the one it took its companies from; undefined until its input has been read. */
  private async runThatRead(
    run: RunRef,
  ): Promise<{ run: RunRef; record: RunRecord; plan: NonNullable<RunRecord['plan']> } | undefined> {
    const asked = await this.runs.get(run);
    const sourceId = asked.plan?.source_run_id ?? run.runId;
    const source = { ...run, runId: sourceId };
    const record = sourceId === run.runId ? asked : await this.runs.find(source);
    const isRead = (await this.runs.field(source, 'input')) !== undefined;
    return isRead && record?.plan ? { run: source, record, plan: record.plan } : undefined;
  }
}

function placeBehind({ part }: InputPlace, next: number | null): InputPlace | null {
  if (next !== null) return { part, at: next };
  return part === 'companies' ? { part: 'rejects', at: 0 } : null;
}
