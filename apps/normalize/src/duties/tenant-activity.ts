import type { TenantActivity } from '#libs/erasure';
import type { CellKeys, RedisClient } from '#libs/redis';
import type { RunRepository } from '#libs/run-state';
import type { GateOperations } from '#libs/vendor-gate';

/** A tenant is at work while a run of it has not ended, or a vendor has not answered one of its calls. */
export class RunsAndCalls implements TenantActivity {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly runs: Pick<RunRepository, 'activeRuns'>,
    private readonly gate: Pick<GateOperations, 'caps'>,
  ) {}

  async isAtWork(tenantId: string): Promise<boolean> {
    const active = await this.runs.activeRuns();
    if (active.some((run) => run.tenantId === tenantId)) return true;
    const ledger = this.keys.ledger(tenantId, '', '', '').replace(/:+$/, ':');
    for (const capId of await this.gate.caps()) {
      const calls = await this.redis.zrange(this.keys.leases(capId), '0', '-1');
      if (calls.some((call) => call.includes(`#${ledger}`))) return true;
    }
    return false;
  }
}
