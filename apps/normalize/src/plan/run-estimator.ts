import { Inject, Injectable } from '@nestjs/common';
import { REDIS } from '#libs/cell';
import type { RunEstimate, RunPlan } from '#libs/contracts';
import { estimateRun, openingCalls, type JudgedCompany } from '#libs/domain';
import { CellKeys, type RedisClient } from '#libs/redis';
import { RedisGateOperations, type GateOperations } from '#libs/vendor-gate';
import { estimateTerms, type VendorRegistry } from '#libs/vendors';
import { VENDORS } from './vendors.provider';

/** Candidates looked up in the ledger; what is found is scaled to all. */
const SAMPLE = 200;

/** What enriching a run's candidates would take: told of a dry run, and to be compared with what a run really took. */
@Injectable()
export class RunEstimator {
  private readonly ledger: Pick<GateOperations, 'areAnswered'>;

  constructor(
    @Inject(REDIS) redis: RedisClient,
    @Inject(VENDORS) private readonly vendors: Pick<VendorRegistry, 'descriptor' | 'service'>,
    keys: CellKeys,
  ) {
    this.ledger = new RedisGateOperations(redis, keys);
  }

  /** `selected`: the companies that the run enriches. Of those without a website nobody is asked anything. */
  async estimate(tenantId: string, plan: RunPlan, selected: readonly JudgedCompany[]): Promise<RunEstimate> {
    const asked = selected.filter(({ company }) => company.domain !== null);
    return estimateRun({
      plan,
      companies: asked.length,
      terms: (vendor, op) => estimateTerms(this.vendors, vendor, op),
      knownInLedger: await this.knownInLedger(tenantId, plan, asked),
    });
  }

  /**
   * About how many of the companies have been walked before: those of whom the ledger has the answer to every question that
   * is asked in any case. One that has only some counts as not known: an estimate had better be too high.
   */
  private async knownInLedger(
    tenantId: string,
    plan: RunPlan,
    asked: readonly JudgedCompany[],
  ): Promise<number> {
    const sample = spread(asked, SAMPLE);
    const calls = sample.map((candidate) => openingCalls(candidate, plan.walk));
    const answered = await this.ledger.areAnswered(
      calls
        .flat()
        .map(({ vendor, op, input }) => ({ tenantId, vendor, simulated: plan.simulated, op, input })),
    );
    let at = 0;
    const known = calls.filter(({ length }) => {
      const own = answered.slice(at, (at += length));
      return length > 0 && own.every(Boolean);
    });
    return sample.length === 0 ? 0 : Math.round((known.length / sample.length) * asked.length);
  }
}

/** At most so many, from the whole of the list: its best are not like its last. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return list.filter(
    (_item, i) => Math.floor((i * most) / list.length) !== Math.floor(((i - 1) * most) / list.length),
  );
}
