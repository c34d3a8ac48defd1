/** What a supervised process tells its parent once it can work, e.g. `{ url }`. */
export type ReadyDetails = Readonly<Record<string, string | number>>;

/** Tells the parent, if there is one listening, that this process is ready. */
export function announceReady(details: ReadyDetails): void {
  process.send?.({ type: 'ready', ...details });
}
