import { z } from 'zod';
import type { SimulatedWindow } from '../vendors/simulated-vendor.port';

const cappedWindowSchema = z.strictObject({
  name: z.string().min(1).optional(),
  limit: z.int().min(1),
  lengthMs: z.int().min(1),
  kind: z.enum(['sliding', 'fixed', 'anchored']).optional(),
});

/**
 * Caps to enforce in place of a vendor's documented ones. Windows with names change the documented ones of those names,
 * which keep what is not said; windows without replace all, and slide unless they say otherwise. `credits` null: as many
 * as you like.
 */
export const capsSchema = z
  .strictObject({
    vendor: z.string().min(1),
    windows: z.array(cappedWindowSchema).max(16).optional(),
    credits: z.int().min(0).nullable().optional(),
  })
  .refine(({ windows = [] }) => new Set(windows.map(({ name }) => name === undefined)).size <= 1, {
    error: 'give names to all windows or to none',
    path: ['windows'],
  });
export type Caps = z.infer<typeof capsSchema>;
type CappedWindow = z.infer<typeof cappedWindowSchema>;

/** What is wrong with these caps for a vendor with these documented windows; empty: nothing. */
export function capsProblems({ windows = [] }: Caps, documented: readonly SimulatedWindow[]): string[] {
  const names = documented.map(({ name }) => name);
  return windows
    .flatMap(({ name }) => (name === undefined || names.includes(name) ? [] : [name]))
    .map((name) => `windows: there is no window ${name}, but ${names.join(', ') || 'none at all'}`);
}

/** The windows that hold from now on. A documented one that had been replaced comes back when it is named. */
export function cappedWindows(
  caps: readonly CappedWindow[],
  holding: readonly SimulatedWindow[],
  documented: readonly SimulatedWindow[],
): readonly SimulatedWindow[] {
  if (caps.every(({ name }) => name === undefined)) {
    return caps.map(({ limit, lengthMs, kind = 'sliding' }, i) => ({
      name: `window-${i + 1}`,
      limit,
      lengthMs,
      kind,
    }));
  }
  const windows = new Map(holding.map((window) => [window.name, window]));
  for (const { name = '', limit, lengthMs, kind } of caps) {
    const before = windows.get(name) ?? documented.find((window) => window.name === name);
    if (before) windows.set(name, { ...before, limit, lengthMs, kind: kind ?? before.kind });
  }
  return [...windows.values()];
}
