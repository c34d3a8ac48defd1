import { openSpan } from '#libs/observability';
import type { RunSource } from '#libs/contracts';
import type { CellKeys, RedisClient } from '#libs/redis';
import { runStateScripts } from '../run-state-scripts';
import type { RunRef } from '../run-ref';

/** What every span of a run says and belongs to. */
export interface RunTrace {
  /** The span that accepted the run. */
  traceparent: string;
  thread_id: string;
  source: RunSource;
}

const RUNS_MAX = 1_000;

/**
 * The traces of the runs this process works on. A run's record names the span that accepted it, and everything done for the run
 * is a child of that, in whichever queue it waited and whoever added its job. A run that was accepted without tracing is given a
 * trace by whoever works on it first. Read once per run and process.
 */
export class RunTraces {
  private readonly traces = new Map<string, Promise<RunTrace | undefined>>();

  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** `undefined`: there is no such run, or Redis did not answer; nobody's work waits for a trace. */
  of(run: RunRef): Promise<RunTrace | undefined> {
    const key = `${run.tenantId}/${run.runId}`;
    const known = this.traces.get(key);
    if (known) return known;
    const trace = this.read(run).catch(() => undefined);
    const [oldest] = this.traces.keys();
    if (this.traces.size >= RUNS_MAX && oldest !== undefined) this.traces.delete(oldest);
    this.traces.set(key, trace);
    void trace.then((read) => {
      if (!read) this.traces.delete(key);
    });
    return trace;
  }

  private async read(run: RunRef): Promise<RunTrace | undefined> {
    const key = this.keys.run(run.tenantId, run.runId);
    const [trace, threadId, source] = await this.redis.hmget(key, 'trace', 'thread_id', 'source');
    if (!threadId || !source) return undefined;
    const told = { thread_id: threadId, source: source as RunSource };
    const traceparent = trace ?? (await this.begin(key, run, told));
    return traceparent === undefined ? undefined : { ...told, traceparent };
  }

  /** Only one of those that begin one at the same moment is heard; the others' spans are never ended, and so never exported. */
  private async begin(
    key: string,
    { runId }: RunRef,
    told: Omit<RunTrace, 'traceparent'>,
  ): Promise<string | undefined> {
    const span = openSpan(() => ({
      name: 'take over run',
      parent: null,
      fields: { run_id: runId, ...told },
    }));
    if (!span) return undefined;
    const traceparent = String(await runStateScripts.adoptTrace.run(this.redis, [key], [span.traceparent]));
    if (traceparent === span.traceparent) span.end();
    return traceparent === '' ? undefined : traceparent;
  }
}
