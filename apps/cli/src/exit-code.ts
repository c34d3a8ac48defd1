import { ERROR_CATALOGUE, isErrorCode, type RunRecord } from '#libs/contracts';
import { errorCode } from '#libs/kernel';

/** The CLI's exit codes; docs/cli.md explains them. Signals end with 128 + their number. */
export const EXIT = {
  completed: 0,
  failed: 1,
  usage: 2,
  pausedAtDeadline: 3,
  needsInput: 4,
  deadline: 5,
  partial: 6,
  cancelled: 7,
} as const;

/** The exit code a run ends the command with. A run that failed for a reason of the caller's ends with that reason's code. */
export function exitCodeOfRun(run: Pick<RunRecord, 'state' | 'problem' | 'pause_reason'>): number {
  switch (run.state) {
    case 'completed':
      return EXIT.completed;
    case 'partial':
      return EXIT.partial;
    case 'needs_input':
      return EXIT.needsInput;
    case 'cancelled':
      return EXIT.cancelled;
    case 'failed': {
      const code = run.problem?.code;
      return code !== undefined && isErrorCode(code) ? ERROR_CATALOGUE[code].exit : EXIT.failed;
    }
    case 'paused':
      return run.pause_reason === 'vendor_cap' ? EXIT.pausedAtDeadline : EXIT.deadline;
    case 'queued':
    case 'running':
      return EXIT.deadline;
  }
}

/** The exit code of an error that ended the command itself. */
export function exitCodeOfError(error: unknown): number {
  const code = errorCode(error);
  // A wrong setting is something the caller of the CLI exported: 78 is for server processes.
  if (code === 'config_invalid') return EXIT.usage;
  return code !== undefined && isErrorCode(code) ? ERROR_CATALOGUE[code].exit : EXIT.failed;
}
