import type { Settings } from '#libs/config';
import type { ListedLead, RunRecord } from '#libs/contracts';
import type { LeadFilter } from '#libs/run-leads';
import { LeadRanks, type RunRef } from '#libs/run-state';
import type { ConnectedCell } from '../cell/connected-cell';

export interface RunLeads {
  /** True: best first; false: the run goes on, and finished ones come in the order of the shortlist. */
  ranked: boolean;
  leads: AsyncGenerator<ListedLead>;
}

export interface LeadsAsked {
  run: RunRef;
  record: RunRecord;
  filter: LeadFilter;
  /** The deployment's secret, without which its suppression lists cannot be read. */
  suppressionKey: Settings['suppression']['key'];
}

/** The leads of a run that pass the filter, `limit` at most; none if `signal` aborts. */
export async function runLeads(
  { redis, keys, companies }: ConnectedCell,
  { run, record, filter, suppressionKey }: LeadsAsked,
  limit: number,
  signal: AbortSignal,
): Promise<RunLeads> {
  // Loaded for this command only: the others start without them.
  const [{ LeadReader }, { SuppressionLists, openSuppressionNames }] = await Promise.all([
    import('#libs/run-leads'),
    import('#libs/tenancy'),
  ]);
  const names = await openSuppressionNames(redis, keys, suppressionKey);
  const lists = new SuppressionLists(redis, keys, names);
  const reader = new LeadReader(companies, new LeadRanks(redis, keys), lists);
  const order = await reader.order(record, run);
  return { ranked: order === 'rank', leads: first(reader.all(record, order, filter), limit, signal) };
}

async function* first<Item>(
  items: AsyncIterable<Item>,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<Item> {
  let left = limit;
  for await (const item of items) {
    if (left === 0 || signal.aborted) return;
    yield item;
    left -= 1;
    if (left === 0) return;
  }
}
