import type { OwnCredentials, VendorCredentials } from '#libs/tenancy';

/** A key that was changed or taken back is used for so long at most. */
const KEPT_MS = 30_000;
const TENANTS_MAX = 1_000;

/** Tenants' own keys, decrypted, for a while. They are in the memory of those who call vendors, and nowhere else. */
export class CredentialCache {
  private readonly kept = new Map<string, { readAt: number; own: Promise<OwnCredentials> }>();

  constructor(
    private readonly credentials: Pick<VendorCredentials, 'open'>,
    /** Called for each key that is read, so that its lane is served before anybody waits in it. */
    private readonly onKey: (vendor: string, tenantId: string) => void,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  of(tenantId: string): Promise<OwnCredentials> {
    const known = this.kept.get(tenantId);
    if (known && this.nowMs() - known.readAt < KEPT_MS) return known.own;
    this.kept.delete(tenantId);
    const [oldest] = this.kept.keys();
    if (this.kept.size >= TENANTS_MAX && oldest !== undefined) this.kept.delete(oldest);
    const own = this.read(tenantId);
    this.kept.set(tenantId, { readAt: this.nowMs(), own });
    // A failure is whoever waits for it to hear of; the next asks anew.
    own.catch(() => this.kept.delete(tenantId));
    return own;
  }

  /** Reads them anew, whatever is kept. */
  again(tenantId: string): Promise<OwnCredentials> {
    this.kept.delete(tenantId);
    return this.of(tenantId);
  }

  private async read(tenantId: string): Promise<OwnCredentials> {
    const own = await this.credentials.open(tenantId);
    for (const vendor of own.keys()) this.onKey(vendor, tenantId);
    return own;
  }
}
