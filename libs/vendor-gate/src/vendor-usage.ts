import type { Settlement } from './gate.port';

/** Upper ends of the steps in which latencies are counted, ms; what takes longer counts in the last. */
const STEPS_MS = [25, 50, 100, 200, 400, 800, 1_500, 3_000, 6_000, 12_000, 25_000, 60_000];

/** The counter of a latency, behind `u:<vendor>:`. */
export function latencyField(tookMs: number): string {
  const step = STEPS_MS.find((most) => tookMs <= most) ?? STEPS_MS.at(-1);
  return `t${step}`;
}

/** The counter of how a call ended; '' for none: it is not over, or was never made. */
export function endingField(settlement: Settlement): 'found' | 'empty' | 'failed' | '' {
  switch (settlement.kind) {
    case 'keep':
      return settlement.answer.kind === 'ok' ? 'found' : 'empty';
    case 'doubt':
      return 'failed';
    case 'free':
      return settlement.sent ? 'failed' : '';
    case 'pending':
      return '';
  }
}
