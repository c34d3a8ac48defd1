import type { RunEvent, RunRecord } from '#libs/contracts';
import { messageOfResult, type ResultLine } from '../run/result-line';
import { printable } from './printable';
import type { Reporter } from './reporter.port';
import { wayOn } from './way-on';

/** One JSON object per line on stdout; the last one is the result. Notes go to stderr: stdout is for machines. */
export class NdjsonReporter implements Reporter {
  constructor(
    private readonly stdout: NodeJS.WritableStream,
    private readonly stderr: NodeJS.WritableStream,
  ) {}

  note(message: string): void {
    // A message may quote a file's header, and stderr is a terminal more often than stdout.
    this.stderr.write(`${printable(message)}\n`);
  }

  accepted({
    runId,
    threadId,
    created,
  }: {
    runId: string;
    threadId: string | undefined;
    created: boolean;
  }): void {
    this.line({ event: 'accepted', run_id: runId, thread_id: threadId, created });
  }

  event(event: RunEvent): void {
    this.line(eventRow(event));
  }

  heartbeat(run: RunRecord): void {
    this.line({ event: 'heartbeat', state: run.state, status: run.status });
  }

  row(row: Parameters<Reporter['row']>[0]): void {
    this.line(row);
  }

  show(): void {
    // The result line says it all.
  }

  result(result: ResultLine): void {
    // Whoever reads cron's mail reads stderr.
    if (result.exit_code !== 0) this.note(`leadgen: ${messageOfResult(result)}`);
    const next = wayOn(result);
    if (next !== undefined) this.note(next);
    this.line(result);
  }

  private line(value: unknown): void {
    this.stdout.write(`${JSON.stringify(value)}\n`);
  }
}

/** An event of a run as machines read it. */
export function eventRow({
  id,
  type,
  at,
  state,
  phase,
  message,
}: RunEvent): { event: 'status' } & Record<string, unknown> {
  return { event: 'status', id, type, state, status: { phase, message, updated_at: at } };
}
