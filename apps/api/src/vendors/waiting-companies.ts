import { Injectable } from '@nestjs/common';
import { CompanyRepository, RunRepository } from '#libs/run-state';

/** How many companies of a tenant's runs wait in lanes. */
@Injectable()
export class WaitingCompanies {
  constructor(
    private readonly runs: RunRepository,
    private readonly companies: CompanyRepository,
  ) {}

  /** By cap; one that nobody waits for may be missing. */
  async byCap(tenantId: string): Promise<ReadonlyMap<string, number>> {
    const active = (await this.runs.activeRuns()).filter((run) => run.tenantId === tenantId);
    const parked = await Promise.all(active.map((run) => this.companies.parked(run)));
    const byCap = new Map<string, number>();
    for (const [capId, count] of parked.flatMap((of) => Object.entries(of))) {
      byCap.set(capId, (byCap.get(capId) ?? 0) + count);
    }
    return byCap;
  }
}
