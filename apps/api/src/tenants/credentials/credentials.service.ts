import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#libs/audit';
import { SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { appError, type Caller } from '#libs/contracts';
import { RunFlow } from '#libs/queue';
import { VendorCredentials } from '#libs/tenancy';
import { RedisGateOperations, tenantCapId } from '#libs/vendor-gate';
import type { VendorRegistry } from '#libs/vendors';
import { VENDOR_TERMS } from '../../vendors/vendors.service';
import type { CredentialView, OwnVendorsView } from './own-vendors.view';

/** Tenants' own keys for vendors: written, taken back, never told. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly credentials: VendorCredentials,
    private readonly gate: RedisGateOperations,
    private readonly flow: RunFlow,
    private readonly audit: AuditLog,
    @Inject(VENDOR_TERMS) private readonly registry: Pick<VendorRegistry, 'standings'>,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async list(tenantId: string): Promise<OwnVendorsView> {
    const setAt = await this.credentials.list(tenantId);
    return {
      data: this.vendors().map((id) => ({
        id,
        has_credential: setAt.has(id),
        set_at: setAt.get(id) ?? null,
      })),
    };
  }

  async set({ tenantId, actor }: Caller, vendor: string, apiKey: string): Promise<CredentialView> {
    this.requireVendor(vendor);
    const setAt = await this.credentials.set(tenantId, vendor, apiKey);
    // What the key before was refused says nothing about this one.
    const capId = tenantCapId(vendor, this.settings.runtime.offline, tenantId);
    await this.gate.reopen(capId, actor);
    await this.flow.lanes.reopen(capId);
    await this.audit.record({ tenantId, actor, action: 'credential.set', target: vendor });
    return { id: vendor, has_credential: true, set_at: setAt };
  }

  async remove({ tenantId, actor }: Caller, vendor: string): Promise<void> {
    this.requireVendor(vendor);
    if (!(await this.credentials.remove(tenantId, vendor))) return;
    await this.audit.record({ tenantId, actor, action: 'credential.removed', target: vendor });
  }

  private requireVendor(vendor: string): void {
    if (this.vendors().includes(vendor)) return;
    throw appError(
      'not_found',
      'there is no such vendor that takes a key: GET /api/tenants/me/vendors lists all',
    );
  }

  private vendors(): string[] {
    return this.registry
      .standings()
      .filter(({ descriptor }) => descriptor.auth !== 'none')
      .map(({ descriptor }) => descriptor.id)
      .sort();
  }
}
