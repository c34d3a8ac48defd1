import { setTimeout as delay } from 'node:timers/promises';

/** A place in a line, from its taking until `leave`, which may be called any number of times. */
export interface PlaceInLine {
  /** How many are in line, this one included. */
  inLine(): number;
  leave(): void;
}

/**
 * Lets those that wait for the same ask one after the other, in the order of their coming. A lane hands out several
 * companies at a time; if all of them asked whenever a slot is due, chance would decide among them, and the unlucky wait
 * for many times their turn.
 */
export class WaitingLine {
  private readonly lines = new Map<string, Waiting[]>();

  /** Answers when all that came before have left, or after `mostMs`. Throws when `signal` aborts. */
  async enter(
    what: string,
    { mostMs, signal }: { mostMs: number; signal: AbortSignal },
  ): Promise<PlaceInLine> {
    const line = this.lines.get(what) ?? [];
    this.lines.set(what, line);
    const { promise: isFirst, resolve } = Promise.withResolvers<undefined>();
    const waiting: Waiting = { becomeFirst: () => resolve(undefined) };
    line.push(waiting);
    const leave = (): void => this.leave(what, line, waiting);
    if (line[0] !== waiting)
      await this.untilFirst(isFirst, mostMs, signal).catch((error: unknown) => {
        leave();
        throw error;
      });
    return { inLine: () => line.length, leave };
  }

  private async untilFirst(isFirst: Promise<undefined>, mostMs: number, signal: AbortSignal): Promise<void> {
    const first = new AbortController();
    const patience = delay(mostMs, undefined, { signal: AbortSignal.any([signal, first.signal]) });
    try {
      await Promise.race([isFirst, patience]);
    } finally {
      patience.catch(() => undefined);
      first.abort();
    }
  }

  private leave(what: string, line: Waiting[], waiting: Waiting): void {
    const place = line.indexOf(waiting);
    if (place < 0) return;
    line.splice(place, 1);
    if (line.length === 0) this.lines.delete(what);
    else if (place === 0) line[0]?.becomeFirst();
  }
}

interface Waiting {
  becomeFirst: () => void;
}
