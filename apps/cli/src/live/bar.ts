const WIDTH = 24;

/** A bar of so many parts of a whole; full only where all is there. */
export function bar(part: number, whole: number): string {
  const share = whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
  const filled = share === 1 ? WIDTH : Math.min(WIDTH - 1, Math.floor(share * WIDTH));
  return '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
}
