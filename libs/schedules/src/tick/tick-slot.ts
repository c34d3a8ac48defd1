/** How finely ticks of cron are told apart, by the part of a UTC day, ms. */
export const TICK_SLOTS_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
export type TickSlot = keyof typeof TICK_SLOTS_MS;

/**
 * cron starts what is due at the full minute; hosts do so at about the same time. Slots begin half a minute before the time
 * they are named after, so that a little too early and a little too late are one slot.
 */
const EARLY_MS = 30_000;

/** The UTC slot a tick at `atMs` belongs to, as its beginning, ms since 1970. No zone, so that no hour comes twice. */
export function tickSlotMs(atMs: number, slot: TickSlot): number {
  const sizeMs = TICK_SLOTS_MS[slot];
  return Math.floor((atMs + EARLY_MS) / sizeMs) * sizeMs;
}

/** The idempotency key of a tick: all ticks of a schedule in one slot have the same. */
export function tickKey(schedule: string, slotMs: number): string {
  return `tick:${schedule}:${new Date(slotMs).toISOString()}`;
}
