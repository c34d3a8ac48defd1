import { appError } from '#libs/contracts';
import { durationMs } from '../typed/duration';

/** How long a person may close a vendor at once. */
const CLOSED = { min: '1s', max: '31d' };
const WHY_MAX = 120;

/** For how long and why a vendor is to be closed: whoever sees a run wait is told both. Throws `usage` naming the flag. */
export function closureOf({ for: length, why }: { for?: string; why?: string }): {
  forMs: number;
  why: string;
} {
  if (length === undefined) throw appError('usage', 'for how long? pass --for <duration>, e.g. --for 10m');
  const text = why?.trim() ?? '';
  if (text === '' || text.length > WHY_MAX) {
    throw appError(
      'usage',
      `why? pass --why <text> of at most ${WHY_MAX} characters, e.g. --why "maintenance until noon": it is shown to whoever waits`,
    );
  }
  return { forMs: durationMs('--for', length, CLOSED), why: text };
}

const VERDICTS: Readonly<Record<string, 'bought' | 'not_bought'>> = {
  bought: 'bought',
  'not-bought': 'not_bought',
};

/** Which call in doubt, and how it ended. Throws `usage` naming the flag. */
export function resolutionOf({ call, as }: { call?: string; as?: string }): {
  call: string;
  verdict: 'bought' | 'not_bought';
} {
  if (call === undefined || call === '') {
    throw appError('usage', 'which call? pass --call <call>, one that leadgen vendors doubts lists');
  }
  const verdict = Object.hasOwn(VERDICTS, as ?? '') ? VERDICTS[as ?? ''] : undefined;
  if (verdict === undefined) {
    throw appError(
      'usage',
      'how did it end? pass --as bought (its charge stands, it is never made again) or --as not-bought (the charge is taken back, it may be made)',
    );
  }
  return { call, verdict };
}
