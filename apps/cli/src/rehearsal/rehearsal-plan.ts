import { appError, type Operation } from '#libs/contracts';
import type { VendorDescriptor } from '#libs/vendors';
import { durationMs } from '../typed/duration';

/** A rehearsal as asked for: one vendor's cap, and more companies than it holds. */
export interface RehearsalPlan {
  vendor: string;
  /** What it is asked for: once for each company. */
  op: Operation;
  /** Who serves what of all that the vendor can do: it is asked for `op` alone, and others for the rest. */
  waterfalls: Readonly<Partial<Record<Operation, readonly string[]>>>;
  /** Calls per window. */
  cap: number;
  windowMs: number;
  /** How the vendor counts. */
  kind: 'sliding' | 'fixed' | 'anchored';
  /** Of each tenant. */
  companies: number;
  tenants: number;
  timeoutMs: number;
}

export interface RawRehearsal {
  vendor?: string | undefined;
  cap?: string | undefined;
  window: string;
  companies?: string;
  tenants: string;
  timeout: string;
}

const CAP_MAX = 100_000;
const COMPANIES_MAX = 10_000;
const TENANTS_MAX = 10;
/** Enough for the cap to be reached, waited for, and reached again. */
const COMPANIES_PER_CALL = 2.5;

/** Throws `usage` naming the flag, what it takes and, for a vendor, which there are. */
export function rehearsalPlan(raw: RawRehearsal, vendors: readonly VendorDescriptor[]): RehearsalPlan {
  const metered = vendors.filter(({ auth }) => auth !== 'none');
  const vendor = metered.find(({ id }) => id === raw.vendor);
  const ids = metered.map(({ id }) => id).join(', ');
  if (raw.vendor === undefined) throw appError('usage', `which vendor? pass --vendor with one of ${ids}`);
  const op = vendor?.services[0]?.op;
  if (!vendor || !op) throw wrong('--vendor', raw.vendor, `one of ${ids}`);
  if (raw.cap === undefined) {
    throw appError('usage', 'how many calls per window? pass --cap <n>, e.g. --cap 10 --window 10s');
  }
  const cap = whole('--cap', raw.cap, 1, CAP_MAX);
  const kinds = vendor.cap.windows.map(({ kind }) => kind).filter((kind) => kind !== 'calendar');
  return {
    vendor: vendor.id,
    op,
    waterfalls: waterfalls(vendor, op, metered),
    cap,
    windowMs: durationMs('--window', raw.window, { min: '100ms', max: '1h' }),
    kind: kinds[0] ?? 'sliding',
    companies: whole(
      '--companies',
      raw.companies ?? String(Math.min(COMPANIES_MAX, Math.ceil(cap * COMPANIES_PER_CALL))),
      1,
      COMPANIES_MAX,
    ),
    tenants: whole('--tenants', raw.tenants, 1, TENANTS_MAX),
    timeoutMs: whole('--timeout', raw.timeout, 1, 86_400) * 1_000,
  };
}

/** So that as many calls come as there are companies, and the wait can be told beforehand. */
function waterfalls(
  vendor: VendorDescriptor,
  op: Operation,
  all: readonly VendorDescriptor[],
): RehearsalPlan['waterfalls'] {
  const others = (of: Operation): string[] =>
    all
      .filter(({ id, services }) => id !== vendor.id && services.some((s) => s.op === of))
      .map(({ id }) => id);
  return Object.fromEntries(
    vendor.services.map((service) => [service.op, service.op === op ? [vendor.id] : others(service.op)]),
  );
}

function whole(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw wrong(flag, text, `a whole number from ${min} to ${max}`);
}

function wrong(flag: string, text: string, takes: string): Error {
  return appError('usage', `${flag} ${JSON.stringify(text)}: give ${takes}`);
}
