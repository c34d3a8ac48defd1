import { z } from 'zod';
import { GARBAGE_FORMS } from './garbage';

export const FAULT_KINDS = [
  'rate_limit',
  'quota',
  'server_error',
  'timeout_before_effect',
  'timeout_after_effect',
  'drip',
  'drip_headers',
  'garbage',
  'huge',
  'reset',
  'redirect',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * What goes wrong at a vendor, for all its operations or one: for the next `count` requests, or for a share of all
 * (`ratio`) until cleared; without either, for all. `retryAfter` and `location` are sent as they stand. `host` and `path`
 * narrow it to one website, `www.` or not, and to one of its pages; `path` is a vendor's below its address, too.
 */
export const faultSchema = z
  .strictObject({
    vendor: z.string().min(1),
    op: z.string().min(1).optional(),
    kind: z.enum(FAULT_KINDS),
    count: z.int().min(1).optional(),
    ratio: z.number().gt(0).max(1).optional(),
    retryAfter: z.string().max(100).optional(),
    /** Of `redirect`; default the address that was asked for, which is a loop. */
    location: z.string().min(1).max(2_000).optional(),
    garbage: z.enum(GARBAGE_FORMS).optional(),
    /** Of `huge`: compressed, a thousandth of it on the wire. */
    gzip: z.boolean().optional(),
    host: z.string().min(1).toLowerCase().optional(),
    path: z.string().startsWith('/').optional(),
    latencyMs: z.int().min(0).max(120_000).optional(),
  })
  .refine(({ count, ratio }) => count === undefined || ratio === undefined, {
    error: 'give count or ratio, not both',
  })
  .refine(({ kind, location }) => location === undefined || kind === 'redirect', {
    error: 'only redirect has a location',
  })
  .refine(({ kind, garbage }) => garbage === undefined || kind === 'garbage', {
    error: 'only garbage has a form',
  })
  .refine(({ kind, gzip }) => gzip === undefined || kind === 'huge', { error: 'only huge is compressed' });
export type Fault = z.infer<typeof faultSchema>;

/** What a request asks for. */
export interface FaultTarget {
  vendor: string;
  op: string;
  /** Of a website. */
  host?: string;
  path: string;
}

interface ActiveFault {
  fault: Fault;
  /** Requests that it could have struck. */
  seen: number;
  left: number;
}

/** Which request is struck by which fault; the first planned one that fits counts. Shares are exact, not random. */
export class FaultPlan {
  private active: ActiveFault[] = [];

  add(fault: Fault): void {
    this.active.push({ fault, seen: 0, left: fault.count ?? Infinity });
  }

  clear(): void {
    this.active = [];
  }

  list(): readonly Fault[] {
    return this.active.map(({ fault }) => fault);
  }

  /** The fault of this request, if any. */
  take(target: FaultTarget): Fault | null {
    for (const active of this.active) {
      const { fault } = active;
      if (!fits(fault, target)) continue;
      const ratio = fault.ratio ?? 1;
      const strikes = Math.floor((active.seen + 1) * ratio) > Math.floor(active.seen * ratio);
      active.seen += 1;
      if (!strikes) continue;
      active.left -= 1;
      if (active.left === 0) this.active = this.active.filter((other) => other !== active);
      return fault;
    }
    return null;
  }
}

function fits(fault: Fault, { vendor, op, host, path }: FaultTarget): boolean {
  return (
    fault.vendor === vendor &&
    (fault.op ?? op) === op &&
    (fault.path ?? path) === path &&
    (fault.host === undefined || withoutWww(fault.host) === withoutWww(host ?? ''))
  );
}

function withoutWww(host: string): string {
  return host.replace(/^www\./, '');
}
