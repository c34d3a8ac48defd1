import type { Operation, OperationInput } from '#libs/contracts';
import type { OwnCredentials } from '#libs/tenancy';
import type { VendorOutcome } from '#libs/vendors';
import type { VendorDesk, VendorTerms } from '../walk/vendor-desk.port';
import type { CredentialCache } from './credential-cache';

const AGAIN_MS = 1_000;

/** A desk on which a refused key of a tenant's own is looked up once more: it may have been changed since this process read it. */
export class OwnKeyDesk implements VendorDesk {
  constructor(
    private readonly desk: VendorDesk,
    private readonly credentials: Pick<CredentialCache, 'again'>,
  ) {}

  terms<Op extends Operation>(
    vendor: string,
    op: Op,
    input: OperationInput<Op>,
    own: OwnCredentials,
  ): VendorTerms {
    return this.desk.terms(vendor, op, input, own);
  }

  async call<Op extends Operation>(
    vendor: string,
    op: Op,
    input: OperationInput<Op>,
    options: { signal: AbortSignal; resume: string | null; own: OwnCredentials },
  ): Promise<VendorOutcome<unknown>> {
    const outcome = await this.desk.call(vendor, op, input, options);
    const used = options.own.get(vendor);
    if (outcome.kind !== 'auth_failed' || !used) return outcome;
    const now = (await this.credentials.again(used.tenantId)).get(vendor);
    if (now?.apiKey === used.apiKey) return outcome;
    // Nothing was bought, and the next attempt has the new key.
    return { kind: 'rate_limited', retryAfterMs: AGAIN_MS };
  }
}
