import { messageOfResult, type ResultLine } from '../run/result-line';
import { printable } from './printable';

/** A run's result in one line for cron's mail: whose run it was, how it ended, what it came to. */
export function summaryLine(result: ResultLine): string {
  const who = [result.tenant_id, result.thread_id].filter((word) => typeof word === 'string').join(' ');
  const run = typeof result.run_id === 'string' ? `; ${result.run_id}` : '';
  const how = result.exit_code === 0 ? result.state : `${result.state} (exit ${result.exit_code})`;
  const text = printable(`${messageOfResult(result)}${cost(result)}`).replace(/\s+/g, ' ');
  return `leadgen${who === '' ? '' : ` ${who}`}: ${how}: ${text}${run}`;
}

function cost({ cost_usd: usd, simulated_cost_usd: simulated }: ResultLine): string {
  if (typeof simulated === 'string') return `; $${simulated} simulated`;
  return typeof usd === 'string' ? `; $${usd}` : '';
}
