import { appError } from '#libs/contracts';

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const DURATION = /^(\d{1,9})(ms|s|m|h|d)$/;

/** A duration as people type it (`500ms`, `60s`, `10m`, `2h`, `3d`), in ms. Throws `usage` naming the flag and what it takes. */
export function durationMs(flag: string, text: string, { min, max }: { min: string; max: string }): number {
  const ms = inMs(text);
  if (ms >= inMs(min) && ms <= inMs(max)) return ms;
  throw appError(
    'usage',
    `${flag} ${JSON.stringify(text)}: give a duration like 60s, 500ms or 10m, from ${min} to ${max}`,
  );
}

/** NaN for what is none. */
function inMs(text: string): number {
  const [, count, unit = ''] = DURATION.exec(text) ?? [];
  return Number(count) * (UNIT_MS[unit] ?? Number.NaN);
}
