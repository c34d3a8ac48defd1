import * as fc from 'fast-check';
import { RowGroups } from './row-groups';

describe('row groups', () => {
  it('are the connected rows, each called by its first row and listed once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 60 }), (links) => {
        const groups = new RowGroups();
        for (let row = 0; row < 30; row += 1) groups.add();
        for (const [a, b] of links) groups.unite(a, b);
        const expected = connected(30, links);
        for (let row = 0; row < 30; row += 1)
          expect(groups.groupOf(row)).toBe(Math.min(...(expected[row] ?? [])));
        const firsts = Array.from({ length: 30 }, (_, row) => row).filter((row) => groups.isFirst(row));
        for (const first of firsts) {
          const rows = [...groups.rowsOf(first)];
          expect([...rows].sort((a, b) => a - b)).toEqual([...(expected[first] ?? [])].sort((a, b) => a - b));
          expect(groups.isAlone(first)).toBe(rows.length === 1);
        }
      }),
    );
  });
});

/** The slow and obvious way: spread along the links until nothing changes. */
function connected(count: number, links: readonly (readonly [number, number])[]): Set<number>[] {
  const reached = Array.from({ length: count }, (_, row) => new Set([row]));
  for (let again = true; again;) {
    again = false;
    for (const [a, b] of links) {
      const both = new Set([...(reached[a] ?? []), ...(reached[b] ?? [])]);
      for (const row of both) {
        if ((reached[row]?.size ?? 0) < both.size) {
          reached[row] = both;
          again = true;
        }
      }
    }
  }
  return reached;
}
