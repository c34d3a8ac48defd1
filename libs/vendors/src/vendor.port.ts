import type { Operation, OperationInput, OperationOutput } from '#libs/contracts';
import type { MicroUsd } from '#libs/kernel';
import type { HttpClient } from './http/http-client';

/**
 * One vendor: what it offers and on what terms, and one function per operation it serves. Its folder is all of a new
 * vendor that runs; CONTRIBUTING.md has its twin in the simulator and its docs.
 */
export interface Vendor {
  readonly descriptor: VendorDescriptor;
  /** Exactly the operations of `descriptor.services`. */
  readonly calls: VendorCalls;
}

export type VendorCalls = {
  readonly [Op in Operation]?: VendorCall<Op>;
};

/**
 * Sends one request and says how it ended. Answers every end, also an aborted one, as an outcome; throws on programming
 * errors only. Never retries: a retry would pass the gate by.
 */
export type VendorCall<Op extends Operation> = (
  input: OperationInput<Op>,
  context: VendorContext,
) => Promise<VendorOutcome<OperationOutput<Op>>>;

/** What a call may use. */
export interface VendorContext {
  /** Null for a vendor that needs no key, never for another. */
  readonly apiKey: string | null;
  /** The vendor's own address, or the one configured (the simulator's, a proxy's); null only without a default. */
  readonly baseUrl: URL | null;
  readonly http: HttpClient;
  /** The whole request, body included, ends after this long. */
  readonly deadlineMs: number;
  /** The caller's own wish to stop (shutdown, stage deadline). */
  readonly signal: AbortSignal;
  /** What an earlier call answered as `pending`, handed back as it was; null for the first call. */
  readonly resume: string | null;
}

/**
 * How a call ended.
 * `ok`, `empty`: the vendor answered, with facts or knowing nothing; `units` of its price are due (0: the answer was free).
 * `rate_limited`: slow down; nothing was bought · `quota_exhausted`: bought out; `retryAfterMs` null when the vendor does
 * not say until when · `auth_failed`: our key was refused · `bad_request`: the vendor will refuse this input again ·
 * `vendor_error`: its own failure, `status` as answered · `bad_response`: an answer that cannot be read ·
 * `timeout_before_send`: refused, unresolved, unreachable or out of time before the request was written: not in doubt ·
 * `timeout_after_send`: written, and no whole answer came (deadline, reset): in doubt.
 * `pending`: the vendor works on it and has charged `units`; ask again in `inMs` with `resume` (at most 500 characters,
 * no personal data), which is kept in the ledger: what was started is never started twice.
 * `retryAfterMs` is 1 s … 24 h. `detail`: at most 200 characters, no payload and no personal data.
 */
export type VendorOutcome<T> = VendorLessons & VendorEnd<T>;

/** How a call ended, without what it taught. */
export type VendorEnd<T> =
  | { kind: 'ok'; value: T; units: number }
  | { kind: 'empty'; units: number }
  | { kind: 'pending'; resume: string; inMs: number; units: number }
  | { kind: 'rate_limited'; retryAfterMs: number }
  | { kind: 'quota_exhausted'; retryAfterMs: number | null }
  | { kind: 'auth_failed' }
  | { kind: 'bad_request'; detail: string }
  | { kind: 'vendor_error'; status: number }
  | { kind: 'bad_response'; detail: string }
  | { kind: 'timeout_before_send' }
  | { kind: 'timeout_after_send' };

/** What an answer tells besides itself. */
export interface VendorLessons {
  /** How full the vendor's own windows are, by its headers; only windows of the descriptor. */
  readonly readings?: readonly WindowReading[];
  /** What the call took of windows that do not count requests, e.g. `{ tokens: 812 }`; else its `load` stands. */
  readonly taken?: Readonly<Record<string, number>>;
  /** What a language model read and wrote, by its own count. */
  readonly tokens?: { readonly input: number; readonly output: number };
}

/** One window as the vendor sees it, after this call. */
export interface WindowReading {
  /** The window's name in the descriptor. */
  readonly window: string;
  readonly limit?: number;
  readonly left?: number;
  /** Until the window is whole again, or a new one begins. */
  readonly resetInMs?: number;
}

/** Everything the rest of the system knows of a vendor. Caps and prices are the documented defaults of its plans. */
export interface VendorDescriptor {
  /** Lower-case letters and digits: part of Redis keys, queue names and `VENDOR_<ID>_…` variables. Never changes. */
  readonly id: string;
  readonly title: string;
  readonly docsUrl: string;
  /** How the key travels; `none`: the vendor needs no key and is usable without configuration. */
  readonly auth: 'none' | 'bearer' | 'header' | 'query';
  /** Null where there is no address of its own: the crawler's are the companies' websites. */
  readonly defaultBaseUrl: string | null;
  readonly cap: VendorCap;
  /** What its status codes mean, where that is not what everybody means by them; 2xx codes may stand here, too. */
  readonly codes?: Readonly<Record<number, CodeMeaning>>;
  /** What a refusal's JSON body says beyond its status: the first that fits decides, before `codes`. */
  readonly refusals?: readonly Refusal[];
  /** Where its answers say how full its windows are. */
  readonly rateHeaders?: readonly RateHeaders[];
  /** Total time of one request, body included. */
  readonly deadlineMs: number;
  readonly services: readonly VendorService[];
}

/**
 * An end of `VendorOutcome`. `empty` by a code is free. `pending` by a code is free so far, and is asked again with the
 * same request, when `Retry-After` says or in a few seconds.
 */
export type CodeMeaning = Exclude<
  VendorEnd<never>['kind'],
  'ok' | 'timeout_before_send' | 'timeout_after_send'
>;

/** One thing a refused request's body may say. */
export interface Refusal {
  /** Where in the body, as a dotted path, e.g. `error.code`; numbers are read as text. */
  readonly at: string;
  readonly says: RegExp;
  readonly means: CodeMeaning;
  /** Only with this status; default any but 2xx. */
  readonly status?: number;
}

/** The headers that tell of one window; names in lower case. */
export interface RateHeaders {
  /** The window's name in `cap`. Where its `ops` do not hold the operation asked, the headers are another window's. */
  readonly window: string;
  readonly limit?: string;
  readonly left?: string;
  /** `duration`: `6m0s`, `1h2m`, `120ms` · `epoch_seconds`, `http_date`: by the answer's own `Date`. */
  readonly reset?: {
    readonly header: string;
    readonly as: 'seconds' | 'ms' | 'duration' | 'epoch_seconds' | 'http_date';
  };
}

/** An operation a vendor serves, and its terms. */
export interface VendorService {
  readonly op: Operation;
  /** Place in the default waterfall of the operation, lowest first. */
  readonly order: number;
  /** What one unit costs. */
  readonly costPerUnitMicro: MicroUsd;
  /** An attempt of unknown outcome: `retry` where asking again is free or idempotent, else `surface` (a person decides). */
  readonly inDoubt: 'surface' | 'retry';
  /** Most units one call may be charged; default 1. Reserved from the budgets before it is made. */
  readonly unitsMax?: number;
  /**
   * What one call takes at most of windows with a `measure`, e.g. `{ tokens: 1_200 }`; of a window without one it takes 1.
   * Absent measures take nothing.
   */
  readonly load?: (input: never) => Readonly<Record<string, number>>;
  /** How long a purchased answer stays fresh: one with facts, and one that knew nothing. */
  readonly freshness: { readonly foundMs: number; readonly emptyMs: number };
}

/** What one credential of the vendor may carry: calls in flight, and every window at once. */
export interface VendorCap {
  readonly concurrency: number;
  readonly windows: readonly VendorWindow[];
}

/**
 * `limit` units per `lengthMs`, counted as the vendor counts: any stretch (`sliding`), its own clock's stretches
 * (`fixed`), stretches that open with the first request (`anchored`), or days and months of a zone (`calendar`, where
 * `lengthMs` is the longest such day or month).
 */
export type VendorWindow = {
  /** Unique within the cap, e.g. `second`: part of Redis keys and of what people read. */
  readonly name: string;
  readonly limit: number;
  readonly lengthMs: number;
  /** Only these operations take from it, where the vendor counts per endpoint; default all. */
  readonly ops?: readonly Operation[];
  /** What it counts, where that is not requests: a key of `VendorService.load`, e.g. `tokens`. */
  readonly measure?: string;
} & (
  | { readonly kind: 'sliding' | 'fixed' | 'anchored' }
  | { readonly kind: 'calendar'; readonly unit: 'day' | 'month'; readonly zone: string }
);
