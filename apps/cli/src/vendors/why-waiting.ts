import { durationText } from '#libs/domain';
import { counted, readableUsd } from '#libs/kernel';
import type { CapExplanation } from '#libs/vendor-gate';
import type { VendorState } from './vendor-state';

/** One thing that a call of the cap waits for. `forMs` null: nobody can say. */
export interface Hold {
  what:
    'not_usable' | 'closed' | 'breaker' | 'window' | 'concurrency' | 'lane' | 'budget' | 'paused' | 'parked';
  text: string;
  forMs: number | null;
}

/** Closures as people read them. */
const CLOSED_WORDS: Readonly<Record<string, string>> = {
  rate_limited: 'it asked us to slow down',
  quota: 'its quota is used up',
  key_refused: 'it refused the tenant’s own key',
  auth: 'it refused our key',
};
const BUDGET_WORDS = { run: 'run', tenant_day: 'tenant’s day', vendor_day: 'vendor’s day' } as const;

/** Everything that a call would wait for at this moment, in the order in which the gate looks; empty: it would be let through. */
export function whyWaiting({ standing, explained, lane }: VendorState): Hold[] {
  const { reason } = standing;
  return [
    ...(reason === null
      ? []
      : [hold('not_usable', `this shell's settings do not let it be asked: ${reason}`, null)]),
    ...budgetHolds(explained),
    ...closureHolds(explained),
    ...concurrencyHolds(explained),
    ...windowHolds(explained),
    ...(lane.waiting + lane.inHand === 0
      ? []
      : [
          hold(
            'lane',
            `${counted(lane.waiting, 'company', 'companies')} wait in its lane, ${lane.inHand} in workers' hands: ` +
              'whoever waits there is served first',
            null,
          ),
        ]),
  ];
}

/** Why a cap is closed, as a person says it. */
export function closedWords(why: string | null): string {
  return CLOSED_WORDS[why ?? ''] ?? why ?? 'no reason given';
}

/** `in 42 s`, `in 3 min`; nothing of what is over. */
export function inTime(ms: number): string {
  return `in ${durationText(ms / 1_000)}`;
}

function closureHolds({ closedForMs, closedWhy, breaker, probeInMs, faults }: CapExplanation): Hold[] {
  return [
    ...(closedForMs > 0
      ? [hold('closed', `closed: ${closedWords(closedWhy)}; opens ${inTime(closedForMs)}`, closedForMs)]
      : []),
    ...(breaker === 'closed'
      ? []
      : [
          hold(
            'breaker',
            `out of order: ${counted(faults, 'failure')} in a row; one call at a time tries it, the next ${inTime(probeInMs)}`,
            probeInMs,
          ),
        ]),
  ];
}

function concurrencyHolds({ concurrency: { used, limit, lapsed } }: CapExplanation): Hold[] {
  if (used < limit) return [];
  const dead = lapsed > 0 ? `, ${lapsed} of a process that died` : '';
  return [hold('concurrency', `${used} of ${limit} calls at a time are under way${dead}`, null)];
}

function windowHolds({ windows }: CapExplanation): Hold[] {
  return windows
    .filter(({ used, limit }) => used >= limit)
    .map(({ name, used, limit, declared, freesInMs }) => {
      const lowered = limit < declared ? ` (${declared} by our settings; the vendor says less)` : '';
      return hold(
        'window',
        `${name}: ${used} of ${limit}${lowered} used; the next is free ${inTime(freesInMs)}`,
        freesInMs,
      );
    });
}

function budgetHolds({ budgets }: CapExplanation): Hold[] {
  return budgets
    .filter(({ limitMicro, spentMicro, reservedMicro }) => spentMicro + reservedMicro >= limitMicro)
    .map(({ scope, limitMicro, spentMicro, reservedMicro }) => {
      const reserved =
        reservedMicro > 0 ? `, $${readableUsd(reservedMicro)} reserved by calls under way` : '';
      return hold(
        'budget',
        `the ${BUDGET_WORDS[scope]} budget: $${readableUsd(spentMicro)} of $${readableUsd(limitMicro)} spent${reserved}`,
        null,
      );
    });
}

function hold(what: Hold['what'], text: string, forMs: number | null): Hold {
  return { what, text, forMs };
}
