/** Chance that is the same for the same seed, on every machine. */
export interface SeededRandom {
  /** From 0 up to, without, 1. */
  next(): number;
  /** An integer from 0 up to, without, `below`. */
  below(below: number): number;
  /** True in `share` of the cases. */
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/** A stream of its own for each combination of parts: row 7 is the same whether or not row 6 was made before. */
export function seededRandom(...parts: readonly number[]): SeededRandom {
  let state = parts.reduce((mixed, part) => scramble(mixed ^ scramble(part + 0x51ed270b)), 0x2545f491);
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return (scramble(state) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
  };
}

function scramble(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x119de1f3);
  return mixed ^ (mixed >>> 16);
}
