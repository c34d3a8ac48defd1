import { appError, type RunState } from '#libs/contracts';
import { TTL_SECONDS, type CellKeys, type LuaReply, type RedisClient } from '#libs/redis';
import { runNotFound, type RunRef } from '../run-ref';
import { runStateScripts } from '../run-state-scripts';

/** Who may add companies to a run, and how far it has come: one at a time, until adding has ended. */
export class RunAdding {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /**
   * Takes the sole right to add companies; whoever held it is fenced out from here on.
   * Answers the token and the durable cursor, or the state that forbids adding.
   */
  async claim(run: RunRef): Promise<{ token: string; cursor: number } | { closed: RunState }> {
    const reply = (await runStateScripts.claimFence.run(this.redis, this.runAndFence(run), [
      TTL_SECONDS.run,
    ])) as LuaReply[];
    if (reply[0] === -2) throw runNotFound(run.runId);
    if (reply[0] === 0) return { closed: reply[1] as RunState };
    return { token: String(reply[1]), cursor: Number(reply[2]) };
  }

  /**
   * Stores that `cursor` of `candidates` companies have been added. Throws `fenced_out` if another adder has taken over
   * meanwhile or adding has ended.
   */
  async advance(
    run: RunRef,
    token: string,
    { cursor, candidates }: { cursor: number; candidates: number },
  ): Promise<void> {
    const written = await runStateScripts.advanceAdding.run(this.redis, this.runAndFence(run), [
      token,
      cursor,
      candidates,
    ]);
    if (written === 0) throw fencedOut(run);
  }

  /** Ends adding for good; answers the run's state. */
  async close(run: RunRef): Promise<RunState> {
    const state = await runStateScripts.closeAdding.run(this.redis, this.runAndFence(run), [TTL_SECONDS.run]);
    if (state === '') throw runNotFound(run.runId);
    return state as RunState;
  }

  private runAndFence(run: RunRef): [string, string] {
    return [this.keys.run(run.tenantId, run.runId), this.keys.fence(run.tenantId, run.runId)];
  }
}

/** Thrown to an adder of companies that has lost its right to add. */
export function fencedOut(run: RunRef): Error {
  return appError(
    'fenced_out',
    `another worker has taken over adding companies to run ${run.runId}, or adding has ended`,
  );
}
