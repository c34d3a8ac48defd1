import type { OpsUser } from '#libs/access';
import type { AuditLog, AuditRecord } from '#libs/audit';

/** Puts on record who changed what on the admin port. */
export class OpsAudit {
  constructor(private readonly log: AuditLog) {}

  /** `tenantId`: whose terms it was about, if it was one tenant's. */
  async record(
    { name }: OpsUser,
    action: string,
    target: string,
    details: NonNullable<AuditRecord['details']>,
    tenantId: string | null = null,
  ): Promise<void> {
    await this.log.record({ tenantId, actor: `ops:${name}`, action, target, details });
  }
}
