import { toError } from '#libs/kernel';
import type { CellKeys, RedisClient } from '#libs/redis';
import type { RunRef } from '../run-ref';
import type { RunRepository } from '../run.repository';
import { decideCapPause, type CapStanding, type PausableRun } from './cap-pause-decision';

/** Asks the gate how caps stand; a cap nobody knows is left out. */
export interface CapWatch {
  standings(capIds: readonly string[]): Promise<ReadonlyMap<string, CapStanding>>;
}

const FIELDS = ['state', 'pause_reason', 'cursor', 'candidates', 'done', 'failed', 'closed_caps'] as const;

/**
 * Pauses runs whose companies all wait on closed caps, and resumes them; tells each run of the caps that close and reopen
 * under it. Run by one process at a time; a pass may be repeated.
 */
export class CapPause {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly runs: RunRepository,
    private readonly caps: CapWatch,
    /** Told of a run that could not be looked at; the pass goes on with the others. */
    private readonly onError: (run: RunRef, error: Error) => void,
  ) {}

  async pass(): Promise<void> {
    const active = await this.runs.activeRuns();
    const parked = await Promise.all(active.map((run) => this.parked(run)));
    const waiting = active.flatMap((run, i) => {
      const counts = parked[i];
      return counts && counts.size > 0 ? [{ run, counts }] : [];
    });
    if (waiting.length === 0) return;
    const standings = await this.caps.standings([...new Set(parked.flatMap((counts) => [...counts.keys()]))]);
    for (const { run, counts } of waiting) {
      try {
        await this.decide(run, counts, standings);
      } catch (error) {
        this.onError(run, toError(error));
      }
    }
  }

  private async parked(run: RunRef): Promise<ReadonlyMap<string, number>> {
    const hash = await this.redis.hgetall(this.keys.parked(run.tenantId, run.runId));
    return new Map(Object.entries(hash).map(([capId, count]) => [capId, Number(count)]));
  }

  private async decide(
    run: RunRef,
    parked: ReadonlyMap<string, number>,
    standings: ReadonlyMap<string, CapStanding>,
  ): Promise<void> {
    const key = this.keys.run(run.tenantId, run.runId);
    const [state, pauseReason, cursor, candidates, done, failed, closedCaps] = await this.redis.hmget(
      key,
      ...FIELDS,
    );
    if (state === null) return;
    await this.tellOfCaps(run, parked, standings, closedCaps ?? '');
    const decision = decideCapPause(
      {
        state: state as PausableRun['state'],
        pauseReason: pauseReason as PausableRun['pauseReason'],
        allAdded: Number(cursor) >= Number(candidates),
        candidates: Number(candidates),
        ended: Number(done) + Number(failed),
        parked,
      },
      standings,
      Date.now(),
    );
    if (decision.kind === 'pause') {
      const fields = { pause_reason: 'vendor_cap' };
      await this.runs.transition(run, 'paused', { event: 'run_paused', message: decision.message, fields });
    } else if (decision.kind === 'resume') {
      await this.runs.resumeFromCap(run);
    }
  }

  /** One event when a cap that holds the run's companies up closes, and one when it opens. */
  private async tellOfCaps(
    run: RunRef,
    parked: ReadonlyMap<string, number>,
    standings: ReadonlyMap<string, CapStanding>,
    told: string,
  ): Promise<void> {
    const before = new Set(told.split(' ').filter(Boolean));
    const now = new Set(
      [...parked].filter(([capId, count]) => count > 0 && isClosed(standings, capId)).map(([id]) => id),
    );
    const fields = { closed_caps: [...now].sort().join(' ') };
    for (const capId of [...now].filter((id) => !before.has(id))) {
      const { vendor = capId, why = '' } = standings.get(capId) ?? {};
      await this.runs.announce(run, 'vendor_closed', 'enrich', `${vendor}: ${why}`, fields);
    }
    for (const capId of [...before].filter((id) => !now.has(id) && !isClosed(standings, id))) {
      const { vendor = capId } = standings.get(capId) ?? {};
      await this.runs.announce(run, 'vendor_reopened', 'enrich', `${vendor} takes calls again`, fields);
    }
  }
}

function isClosed(standings: ReadonlyMap<string, CapStanding>, capId: string): boolean {
  return (standings.get(capId)?.opensInMs ?? 0) > 0;
}
