/** One vendor as its documentation describes it: its routes, how it checks keys, what it refuses with. */
export interface SimulatedVendor {
  readonly id: string;
  /** At most `limit` accepted requests in any `lengthMs`, counted by the vendor, per key. */
  readonly windows: readonly SimulatedWindow[];
  readonly routes: readonly SimulatedRoute[];
  apiKey(request: VendorRequest): string | null;
  readonly refusals: {
    badKey(): VendorAnswer;
    rateLimit(): VendorAnswer;
    quota(): VendorAnswer;
  };
}

export interface SimulatedWindow {
  limit: number;
  lengthMs: number;
}

export interface SimulatedRoute {
  method: 'GET' | 'POST';
  /** Below `/vendors/<id>`. */
  path: string;
  op: string;
  answer(request: VendorRequest): WorkedAnswer;
}

export interface VendorRequest {
  query: URLSearchParams;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

export interface VendorAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  json: unknown;
}

/** An answer with what it did: the purchase to write into the ledger, or null where the input was refused. */
export interface WorkedAnswer extends VendorAnswer {
  purchase: { input: Readonly<Record<string, string>>; units: number } | null;
}
