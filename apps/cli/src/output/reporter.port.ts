import type { RunEvent, RunRecord } from '#libs/contracts';
import type { ReadProgress } from '../live/read-progress';
import type { ResultLine } from '../run/result-line';

/** Where a command's progress and result go: machine-readable lines, or a person's terminal. */
export interface Reporter {
  /** Something the command itself does, e.g. starting Redis. */
  note(message: string): void;
  accepted(run: { runId: string; threadId: string | undefined; created: boolean }): void;
  event(event: RunEvent): void;
  heartbeat(run: RunRecord): void;
  /** One of many lines for machines; a person is shown them all at once. */
  row(row: { event: string } & Readonly<Record<string, unknown>>): void;
  /** What a person looks at; machines have it in the result. */
  show(text: string): void;
  /** Set where somebody watches: draws a run's stages until `signal` aborts, and what is told meanwhile above them. */
  readonly live?: ((read: ReadProgress, signal: AbortSignal) => Promise<void>) | undefined;
  result(result: ResultLine): void;
}
