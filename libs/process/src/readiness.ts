/** What a process tells once it can work, e.g. `{ url }`, or settings its parent hands on: `{ url, env: { … } }`. */
export type ReadyDetails = Readonly<Record<string, string | number | Readonly<Record<string, string>>>>;

/**
 * Tells the parent that this process is ready; without a parent that listens, whoever started it by hand, as one line
 * of JSON on stdout (the log is on stderr).
 */
export function announceReady(details: ReadyDetails): void {
  if (process.send) process.send({ type: 'ready', ...details });
  else process.stdout.write(`${JSON.stringify({ event: 'ready', ...details })}\n`);
}
