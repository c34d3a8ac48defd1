import type { Agent } from 'undici';
import {
  appError,
  OPERATIONS,
  type Operation,
  type OperationInput,
  type OperationOutput,
} from '#libs/contracts';
import { issueDetail } from '../http/json-call';
import { createApiDispatcher, UndiciHttpClient } from '../http/undici-http-client';
import type { Vendor, VendorDescriptor, VendorOutcome, VendorService } from '../vendor.port';
import { resolveAccess, type ResolvedAccess, type VendorAccess } from './vendor-access';
import { VENDORS } from './vendor-list';
import { withOverride, type DescriptorOverride } from './with-override';

export interface VendorRegistryOptions {
  /** By vendor id, as `loadSettings().vendors` gives it. */
  access: Readonly<Record<string, VendorAccess>>;
  /** By vendor id: what this deployment's plans say differently. */
  overrides?: Readonly<Record<string, DescriptorOverride>>;
  /** Nothing may reach a vendor itself: only those with a configured base URL (the simulator's) are usable. */
  offline: boolean;
  /** Default: every vendor there is. */
  vendors?: readonly Vendor[];
}

/** Whether a vendor can be asked, and if not, what to do about it. */
export interface VendorStanding {
  descriptor: VendorDescriptor;
  usable: boolean;
  /** For an unusable vendor, the setting to set. */
  reason: string | null;
}

/** All vendors and their connections. Throws `RangeError` when asked for a vendor or operation that does not exist. */
export interface VendorRegistry {
  standings(): readonly VendorStanding[];
  descriptor(vendorId: string): VendorDescriptor;
  /** The vendor's terms for one operation. */
  service(vendorId: string, op: Operation): VendorService;
  /** Usable vendors that serve the operation, in the order to ask them; also those that `own` keys make usable. */
  waterfall(op: Operation, own?: Pick<ReadonlySet<string>, 'has'>): string[];
  /**
   * One request. The answer is parsed by the operation's schema; every end is an outcome. A vendor that is not usable
   * (any more) answers `auth_failed` and is not asked. `resume`: what an earlier call of the purchase answered as pending;
   * `apiKey`: in place of the platform's, null for one that nobody can read.
   */
  call<Op extends Operation>(
    vendorId: string,
    op: Op,
    input: OperationInput<Op>,
    options: { signal: AbortSignal; resume?: string | null; apiKey?: string | null },
  ): Promise<VendorOutcome<OperationOutput<Op>>>;
  /** Cuts the connections; calls under way end as timeouts. */
  close(): Promise<void>;
}

const NOBODY: ReadonlySet<string> = new Set();
const USER_AGENT = 'leadgen-orchestrator/0.1';

/** Throws `config_invalid` for a base URL that is none, and for a plan with a vendor that does not exist. Opens no connection before the first call. */
export function createVendorRegistry(options: VendorRegistryOptions): VendorRegistry {
  return new ConnectedVendors(options);
}

interface Entry {
  vendor: Vendor;
  access: ResolvedAccess;
  /** Whether a key is all that may be missing. */
  takesOwnKey: boolean;
}

class ConnectedVendors implements VendorRegistry {
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly dispatcher: Agent = createApiDispatcher();
  private readonly http = new UndiciHttpClient(this.dispatcher, USER_AGENT);

  constructor({ access, overrides = {}, offline, vendors = VENDORS }: VendorRegistryOptions) {
    refuseUnknown(overrides, vendors);
    this.entries = new Map(
      vendors.map((vendor) => {
        const { id } = vendor.descriptor;
        const override = Object.hasOwn(overrides, id) ? overrides[id] : undefined;
        const descriptor = override ? withOverride(vendor.descriptor, override) : vendor.descriptor;
        const given = Object.hasOwn(access, id) ? access[id] : undefined;
        const resolved = resolveAccess(descriptor, given ?? {}, offline);
        const withKey = resolveAccess(descriptor, { ...given, apiKey: 'own' }, offline);
        const takesOwnKey = descriptor.auth !== 'none' && withKey.unusable === null;
        return [id, { vendor: { ...vendor, descriptor }, access: resolved, takesOwnKey }];
      }),
    );
  }

  standings(): readonly VendorStanding[] {
    return [...this.entries.values()].map(({ vendor, access }) => ({
      descriptor: vendor.descriptor,
      usable: access.unusable === null,
      reason: access.unusable,
    }));
  }

  descriptor(vendorId: string): VendorDescriptor {
    return this.entry(vendorId).vendor.descriptor;
  }

  service(vendorId: string, op: Operation): VendorService {
    const service = this.descriptor(vendorId).services.find((candidate) => candidate.op === op);
    if (!service) throw new RangeError(`vendor ${vendorId} does not serve ${op}`);
    return service;
  }

  waterfall(op: Operation, own: Pick<ReadonlySet<string>, 'has'> = NOBODY): string[] {
    return [...this.entries]
      .filter(([id, { access, takesOwnKey }]) => access.unusable === null || (takesOwnKey && own.has(id)))
      .flatMap(
        ([
          ,
          {
            vendor: { descriptor },
          },
        ]) =>
          descriptor.services
            .filter((service) => service.op === op)
            .map(({ order }) => [descriptor.id, order] as const),
      )
      .sort(([idA, a], [idB, b]) => a - b || (idA < idB ? -1 : 1))
      .map(([id]) => id);
  }

  async call<Op extends Operation>(
    vendorId: string,
    op: Op,
    input: OperationInput<Op>,
    {
      signal,
      resume = null,
      apiKey: own,
    }: { signal: AbortSignal; resume?: string | null; apiKey?: string | null },
  ): Promise<VendorOutcome<OperationOutput<Op>>> {
    const { vendor, access, takesOwnKey } = this.entry(vendorId);
    const call = vendor.calls[op];
    if (!call) throw new RangeError(`vendor ${vendorId} does not serve ${op}`);
    const isUsable = own === undefined ? access.unusable === null : takesOwnKey && own !== null;
    if (!isUsable) return { kind: 'auth_failed' };
    const { baseUrl } = access;
    const apiKey = own ?? access.apiKey;
    const { deadlineMs } = vendor.descriptor;
    const outcome = await call(input, { apiKey, baseUrl, deadlineMs, http: this.http, signal, resume });
    if (outcome.kind !== 'ok') return outcome;
    const parsed = OPERATIONS[op].output.safeParse(outcome.value);
    if (!parsed.success) {
      const { kind: _, value: _value, units: _units, ...lessons } = outcome;
      return { ...lessons, kind: 'bad_response', detail: issueDetail(parsed.error) };
    }
    return { ...outcome, value: parsed.data as OperationOutput<Op> };
  }

  close(): Promise<void> {
    return this.dispatcher.destroy();
  }

  private entry(vendorId: string): Entry {
    const entry = this.entries.get(vendorId);
    if (!entry) throw new RangeError(`there is no vendor ${vendorId}`);
    return entry;
  }
}

function refuseUnknown(overrides: Readonly<Record<string, unknown>>, vendors: readonly Vendor[]): void {
  const known = vendors.map(({ descriptor }) => descriptor.id);
  const unknown = Object.keys(overrides).filter((id) => !known.includes(id));
  if (unknown.length === 0) return;
  throw appError(
    'config_invalid',
    `LEADGEN_VENDORS_FILE: there is no vendor ${unknown.join(', ')}, but ${known.join(', ')}`,
  );
}
