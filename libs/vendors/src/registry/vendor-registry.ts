import type { Operation, OperationInput, OperationOutput } from '#libs/contracts';
import type { Vendor, VendorDescriptor, VendorOutcome, VendorService } from '../vendor.port';

/** How to reach one vendor; what is absent comes from the vendor's own descriptor. */
export interface VendorAccess {
  apiKey?: string;
  baseUrl?: string;
}

export interface VendorRegistryOptions {
  /** By vendor id, as `loadSettings().vendors` gives it. */
  access: Readonly<Record<string, VendorAccess>>;
  /** Nothing may leave the machine: only vendors whose base URL is on loopback (the simulator's) are usable. */
  offline: boolean;
  /** Default: every vendor there is. */
  vendors?: readonly Vendor[];
}

/** Whether a vendor can be asked, and if not, what to do about it. */
export interface VendorStanding {
  descriptor: VendorDescriptor;
  usable: boolean;
  /** For an unusable vendor: the missing setting by name. */
  reason: string | null;
}

/** All vendors and their connections. Throws `RangeError` when asked for a vendor or operation that does not exist. */
export interface VendorRegistry {
  standings(): readonly VendorStanding[];
  descriptor(vendorId: string): VendorDescriptor;
  /** The vendor's terms for one operation. */
  service(vendorId: string, op: Operation): VendorService;
  /** Usable vendors that serve the operation, in the order to ask them. */
  waterfall(op: Operation): string[];
  /** One request. The answer is parsed by the operation's schema; every end is an outcome, nothing is thrown. */
  call<Op extends Operation>(
    vendorId: string,
    op: Op,
    input: OperationInput<Op>,
    options: { signal: AbortSignal },
  ): Promise<VendorOutcome<OperationOutput<Op>>>;
  /** Closes the connections; calls under way end as timeouts. */
  close(): Promise<void>;
}
