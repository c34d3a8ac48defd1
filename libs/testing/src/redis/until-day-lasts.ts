import { waitUntil } from './wait-until';

const DAY_MS = 86_400_000;

/** A test about something a UTC day counts must not begin just before midnight: waits for the new day if it is that near. */
export async function untilDayLasts(forMs: number): Promise<void> {
  const leftMs = (): number => DAY_MS - (Date.now() % DAY_MS);
  await waitUntil(() => leftMs() >= forMs, { timeoutMs: forMs + 5_000, what: 'the day lasts long enough' });
}
