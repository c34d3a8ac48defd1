/** No request waits longer, whatever it prefers: proxies give up at about that time. */
export const WAIT_MAX_S = 60;

const WAIT = /(?:^|,)\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=[;,]|$)/i;

/** Seconds that `Prefer: wait=N` asks for, at most `WAIT_MAX_S`; undefined where it does not. What is not understood is passed over (RFC 7240 §2). */
export function preferredWait(prefer: string | undefined): number | undefined {
  const seconds = WAIT.exec(prefer ?? '')?.[1];
  return seconds === undefined ? undefined : Math.min(Number(seconds), WAIT_MAX_S);
}
