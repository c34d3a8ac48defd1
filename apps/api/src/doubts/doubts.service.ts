import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AuditLog } from '#libs/audit';
import { appError, type Caller } from '#libs/contracts';
import { UsageBook } from '#libs/run-state';
import { askerOf, RedisGateOperations, type Doubt, type DoubtName } from '#libs/vendor-gate';
import { RunFinder } from '../orchestrations/run-finder';
import { decodeCursor, encodeCursor } from '../paging/cursor';
import type { PageQueryDto } from '../paging/page-query.dto';
import {
  DOUBT_ID,
  doubtView,
  OUTCOME_OF_VERDICT,
  VERDICT_OF_OUTCOME,
  type DoubtOutcome,
  type DoubtPageView,
  type ResolvedDoubtView,
} from './doubt.view';

/** Doubts looked at for one page: those of one run may be few among many. */
const LOOKED_AT_MAX = 500;

const cursorSchema = z.strictObject({ since: z.number(), id: z.string() });
type Place = z.infer<typeof cursorSchema>;

/** A tenant's calls of unknown outcome. Foreign, unknown and malformed ids are the same answer: `doubt_not_found`. */
@Injectable()
export class DoubtsService {
  constructor(
    private readonly gate: RedisGateOperations,
    private readonly finder: RunFinder,
    private readonly usage: UsageBook,
    private readonly audit: AuditLog,
  ) {}

  async ofRun(tenantId: string, id: string, query: PageQueryDto): Promise<DoubtPageView> {
    const { runId } = await this.finder.forReading(tenantId, id);
    return this.page(tenantId, query, ({ callId }) => askerOf(callId).runId === runId);
  }

  ofTenant(tenantId: string, query: PageQueryDto): Promise<DoubtPageView> {
    return this.page(tenantId, query, () => true);
  }

  /** Said again it is answered the same; the opposite of what was said before is `doubt_resolved`. */
  async resolve(
    { tenantId, actor }: Caller,
    doubtId: string,
    outcome: DoubtOutcome,
  ): Promise<ResolvedDoubtView> {
    if (!DOUBT_ID.test(doubtId)) throw notFound();
    const name = (await this.gate.doubtNames(tenantId)).find((one) => one.doubtId === doubtId);
    const doubt = name && (await this.gate.doubt(tenantId, name));
    const resolved = await this.gate.resolveDoubt(tenantId, doubtId, VERDICT_OF_OUTCOME[outcome]);
    if (!resolved) throw notFound();
    const answer = OUTCOME_OF_VERDICT[resolved.verdict];
    if (answer !== outcome) throw appError('doubt_resolved', `it was resolved before, as ${answer}`);
    if (!resolved.resolvedBefore) {
      const { runId, companyId } = askerOf(doubt?.callId ?? '');
      // What is taken back is taken back from the tenant's usage, too.
      if (runId !== null) await this.usage.book({ tenantId, runId });
      await this.audit.record({
        tenantId,
        actor,
        action: 'doubt.resolved',
        target: doubtId,
        details: {
          outcome,
          run_id: runId,
          company_id: companyId,
          vendor: doubt?.vendor ?? null,
          refunded_micro_usd: resolved.refundedMicro,
        },
      });
    }
    return { doubt_id: doubtId, outcome, refunded_micro_usd: resolved.refundedMicro };
  }

  private async page(
    tenantId: string,
    { limit, cursor }: PageQueryDto,
    isMeant: (doubt: Doubt) => boolean,
  ): Promise<DoubtPageView> {
    const behind = cursor === undefined ? undefined : decodeCursor(cursor, cursorSchema);
    const names = (await this.gate.doubtNames(tenantId))
      .sort((a, b) => compare(placeOf(a), placeOf(b)))
      .filter((name) => behind === undefined || compare(placeOf(name), behind) > 0);
    const found: Doubt[] = [];
    let at = 0;
    while (at < Math.min(names.length, LOOKED_AT_MAX) && found.length < limit) {
      const chunk = names.slice(at, at + limit - found.length);
      at += chunk.length;
      const doubts = await Promise.all(chunk.map((name) => this.gate.doubt(tenantId, name)));
      found.push(
        ...doubts.filter((doubt) => doubt !== undefined && isMeant(doubt)).map((doubt) => doubt as Doubt),
      );
    }
    const last = names[at - 1];
    return {
      data: found.map(doubtView),
      next_cursor: at < names.length && last ? encodeCursor(placeOf(last)) : null,
    };
  }
}

function placeOf({ since, doubtId }: DoubtName): Place {
  return { since, id: doubtId };
}

function compare(a: Place, b: Place): number {
  return a.since - b.since || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function notFound(): Error {
  return appError('doubt_not_found', 'this tenant has no call in doubt of that id');
}
