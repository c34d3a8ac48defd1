/** One vendor as its documentation describes it: its routes, how it checks keys, what it refuses with. */
export interface SimulatedVendor {
  readonly id: string;
  /** What each key may ask, counted by the vendor when a request arrives; all hold at once. */
  readonly windows: readonly SimulatedWindow[];
  readonly routes: readonly SimulatedRoute[];
  /**
   * The rate headers the vendor sends with every answer to a key it knows, refusals of a full window included. Handed in
   * are the windows that count the request.
   */
  rateHeaders?(windows: readonly WindowState[]): Readonly<Record<string, string>>;
  apiKey(request: VendorRequest): string | null;
  readonly refusals: {
    badKey(): VendorAnswer;
    /** `full`: the window that is full for longest; null when the refusal was planned (a fault). */
    rateLimit(full: WindowState | null): VendorAnswer;
    quota(): VendorAnswer;
  };
}

export interface SimulatedWindow {
  /** As in the product's descriptor of the vendor, e.g. `minute`; a test may shorten it by this name. */
  name: string;
  limit: number;
  lengthMs: number;
  /** `sliding`: any stretch · `fixed`: the wall clock's stretches · `anchored`: stretches that open with a first request. */
  kind: 'sliding' | 'fixed' | 'anchored';
  /** Only requests of these operations count; default all. */
  ops?: readonly string[];
  /** What a request takes, where that is not 1: e.g. its tokens. The request may be one that will be refused as wrong. */
  weigh?(request: VendorRequest): number;
}

/** How full a window is after a request. */
export interface WindowState {
  name: string;
  limit: number;
  left: number;
  /** Until the window is whole again (sliding) or a new one begins. */
  resetInMs: number;
}

export interface SimulatedRoute {
  method: 'GET' | 'POST';
  /** Below `/vendors/<id>`; `:name` stands for one segment, handed over in `VendorRequest.path`. */
  path: string;
  op: string;
  /** Never charges, and is answered to accounts out of credit, too. */
  isFree?: boolean;
  answer(request: VendorRequest): WorkedAnswer;
}

export interface VendorRequest {
  /** The segments that stood for `:name` in the route's path, percent-decoded. */
  path: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

export interface VendorAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  json: unknown;
  /** Sent as it stands in place of `json`; plain text, unless `headers` name another type. */
  text?: string;
}

/**
 * An answer with what it did: the purchase to write into the ledger, several where one request buys several things, or
 * null where the input was refused.
 */
export interface WorkedAnswer extends VendorAnswer {
  purchase: Purchase | readonly Purchase[] | null;
}

export interface Purchase {
  input: Readonly<Record<string, string>>;
  /** What is charged for it; 0 for what is free. */
  units: number;
}
