import type { TestCell } from './start-test-cell';

/** A request that had its effect, as its vendor's books have it. */
export interface BookEntry {
  vendor: string;
  op: string;
  /** Canonical JSON of what was asked. */
  input: string;
  units: number;
}

interface VendorBook {
  calls: number;
  units: number;
  /** Requests without an effect, by reason. */
  refused: Partial<Record<'bad_key' | 'rate_limit' | 'quota' | 'bad_request' | 'fault', number>>;
  /** Requests beyond a cap. */
  over: number;
  hung_up: number;
  windows: { name: string; kind: string; limit: number; admitted: number; fullest: number }[];
}

interface Books {
  vendors: Record<string, VendorBook>;
  /** Purchases made more than once. */
  duplicates: number;
  duplicated: unknown[];
}

/** The simulated vendors' own books: the judge of every promise. */
export const simulatorBooks = {
  async all(cell: TestCell): Promise<Books> {
    return (await cell.control('GET', 'ledger')) as Books;
  },

  /** All zero for one that was never asked. */
  async of(cell: TestCell, vendor: string): Promise<VendorBook> {
    const none = { calls: 0, units: 0, refused: {}, over: 0, hung_up: 0, windows: [] };
    return (await simulatorBooks.all(cell)).vendors[vendor] ?? none;
  },

  /** Requests that had their effect, in the order of their arrival. */
  async entries(cell: TestCell, vendor?: string): Promise<BookEntry[]> {
    const query = vendor === undefined ? '' : `?vendor=${vendor}`;
    return ((await cell.control('GET', `ledger/entries${query}`)) as { entries: BookEntry[] }).entries;
  },

  /** When requests arrived that were over no cap, ms since 1970; those struck by a fault are among them. */
  async arrivals(cell: TestCell, vendor: string): Promise<number[]> {
    return ((await cell.control('GET', `timeline?vendor=${vendor}`)) as { times: number[] }).times;
  },

  /** What a vendor refused, for whatever reason. */
  async refusals(cell: TestCell, vendor: string): Promise<number> {
    const { refused } = await simulatorBooks.of(cell, vendor);
    return Object.values(refused).reduce((sum, count) => sum + count, 0);
  },
} as const;
