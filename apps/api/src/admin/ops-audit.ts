import type { OpsUser } from '#libs/access';
import type { Logger } from '#libs/observability';

/** Writes down who changed what on the admin port. */
export class OpsAudit {
  constructor(private readonly logger: Logger) {}

  async record(
    user: OpsUser,
    action: string,
    target: string,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    this.logger.info(
      { event: 'ops_action', actor: `ops:${user.name}`, action, target, ...details },
      'ops action',
    );
    await Promise.resolve();
  }
}
