/** A number with its noun: `1 company`, `1,200 companies`. `plural` defaults to the noun with an `s`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  const digits = String(count).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ${count === 1 ? noun : plural}`;
}
