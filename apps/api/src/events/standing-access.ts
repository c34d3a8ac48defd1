import { Injectable } from '@nestjs/common';
import { ApiKeys } from '#libs/access';
import type { Caller } from '#libs/contracts';
import type { CallerRequest } from '../access/current-caller.decorator';

/** Whether who opened a long answer may still have it: keys are revoked and expire meanwhile. */
@Injectable()
export class StandingAccess {
  constructor(private readonly apiKeys: ApiKeys) {}

  /** True while the request's credentials still say what they said when it was let in. Throws when Redis is away. */
  async stands(request: CallerRequest, { tenantId }: Caller): Promise<boolean> {
    const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const now = key === undefined ? undefined : await this.apiKeys.verify(key);
    return now?.tenantId === tenantId && now.scopes.includes('orchestrations:read');
  }
}
