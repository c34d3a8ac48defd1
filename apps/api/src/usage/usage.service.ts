import { Injectable } from '@nestjs/common';
import { appError } from '#libs/contracts';
import { dayOf, RunRepository, UsageBook } from '#libs/run-state';
import type { UsageQueryDto } from './usage-query.dto';
import { usageView, type UsageView } from './usage.view';

const DAY_MS = 86_400_000;
const DAYS_MAX = 92;
const DAYS_DEFAULT = 30;

/** A tenant's usage per day. What its active runs have done since they were last looked at counts for today. */
@Injectable()
export class UsageService {
  constructor(
    private readonly runs: RunRepository,
    private readonly book: UsageBook,
  ) {}

  async between(tenantId: string, query: UsageQueryDto): Promise<UsageView> {
    const { from, to } = daysOf(query, Date.now());
    const active = (await this.runs.activeRuns()).filter((run) => run.tenantId === tenantId);
    await Promise.all(active.map((run) => this.book.book(run)));
    return usageView(from, to, await this.book.between(tenantId, from, to));
  }
}

/** Throws `invalid_request`. */
function daysOf({ from, to }: UsageQueryDto, nowMs: number): { from: string; to: string } {
  const lastMs = to === undefined ? Date.parse(dayOf(nowMs)) : msOf('to', to);
  const firstMs = from === undefined ? lastMs - (DAYS_DEFAULT - 1) * DAY_MS : msOf('from', from);
  if (firstMs > lastMs) throw appError('invalid_request', 'from: it is after the last day');
  if (lastMs - firstMs >= DAYS_MAX * DAY_MS) {
    throw appError('invalid_request', `from: ${DAYS_MAX} days at most can be asked for at once`);
  }
  return { from: dayOf(firstMs), to: dayOf(lastMs) };
}

function msOf(member: string, day: string): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  // The 30th of February is a day in March to some.
  if (Number.isNaN(ms) || dayOf(ms) !== day) {
    throw appError('invalid_request', `${member}: there is no such day`);
  }
  return ms;
}
