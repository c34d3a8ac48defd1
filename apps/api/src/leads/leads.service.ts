import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { appError, type ListedLead } from '#libs/contracts';
import { LeadReader, type LeadFilter } from '#libs/run-leads';
import { leadsAsCsv } from '#libs/sinks';
import { RunRepository } from '#libs/run-state';
import { RunFinder } from '../orchestrations/run-finder';
import { decodeCursor, encodeCursor } from '../paging/cursor';
import type { LeadPageView } from './lead-page.view';
import type { LeadsQueryDto } from './leads-query.dto';

/** Companies read at a time, and for one page at most: where a filter lets few through, a page may be short. */
const CHUNK = 100;
const CHUNKS_PER_PAGE = 20;

/** The order a list was begun in holds for all its pages, also when the run ends between two of them. */
const cursorSchema = z.strictObject({ by: z.enum(['rank', 'position']), at: z.int().min(0) });

/** Leads of a tenant's runs, of those that go on as of those that have ended. */
@Injectable()
export class LeadsService {
  constructor(
    private readonly finder: RunFinder,
    private readonly runs: RunRepository,
    private readonly reader: LeadReader,
  ) {}

  async page(tenantId: string, id: string, query: LeadsQueryDto): Promise<LeadPageView> {
    const begun = query.cursor === undefined ? undefined : decodeCursor(query.cursor, cursorSchema);
    const run = await this.finder.forReading(tenantId, id);
    const record = await this.runs.get(run);
    const order = begun?.by ?? (await this.reader.order(record, run));
    const data: ListedLead[] = [];
    let last: number | null = begun?.at ?? 0;
    for (
      let chunks = 0;
      chunks < CHUNKS_PER_PAGE && last !== null && data.length < query.limit;
      chunks += 1
    ) {
      const size = Math.min(CHUNK, query.limit - data.length);
      const chunk = await this.reader.chunk(record, order, filterOf(query), { after: last, size });
      data.push(...chunk.leads.map(({ lead }) => lead));
      last = chunk.last;
    }
    const next = last === null ? null : encodeCursor({ by: order, at: last });
    return { data, next_cursor: next, ranked: order === 'rank' };
  }

  /** The run that is meant, and all its leads as CSV, read as they are sent. */
  async csv(
    tenantId: string,
    id: string,
    query: LeadsQueryDto,
  ): Promise<{ runId: string; text: AsyncGenerator<string> }> {
    if (query.cursor !== undefined) {
      throw appError('invalid_request', 'cursor: CSV comes whole, without pages');
    }
    const run = await this.finder.forReading(tenantId, id);
    const record = await this.runs.get(run);
    const order = await this.reader.order(record, run);
    return { runId: run.runId, text: leadsAsCsv(this.reader.all(record, order, filterOf(query))) };
  }
}

function filterOf({ bucket, min_score: minScore = 0, new_only: newOnly }: LeadsQueryDto): LeadFilter {
  return { bucket, minScore, newOnly };
}
