import { EXIT } from '../exit-code';
import type { ResultLine } from '../run/result-line';

/** What a person may do next about a run that did not simply complete; undefined where the message says all there is to say. */
export function wayOn({
  exit_code: exitCode,
  state,
  tenant_id: tenant,
  run_id: id,
}: ResultLine): string | undefined {
  if (exitCode === EXIT.completed || typeof tenant !== 'string' || typeof id !== 'string') return undefined;
  const run = `--tenant-id ${tenant} --run-id ${id}`;
  switch (state) {
    case 'queued':
    case 'running':
      return `leadgen status ${run} --wait follows it on`;
    case 'paused':
      return exitCode === EXIT.deadline
        ? `leadgen resume ${run} lets it go on`
        : `It goes on by itself once the cap is open: leadgen vendors shows the caps, leadgen status ${run} --wait follows it`;
    case 'partial':
      return `leadgen retry ${run} --dry-run says what it takes to walk those with problems again`;
    case 'failed':
      return `leadgen events ${run} shows how it came to that`;
    case 'cancelled':
      return `leadgen leads ${run} shows what was found until then`;
    default:
      return undefined;
  }
}
