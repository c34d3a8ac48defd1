import { Injectable } from '@nestjs/common';
import { ApiKeys } from '#libs/access';
import type { Caller, Scope } from '#libs/contracts';
import { bearerOf } from './bearer';
import type { CallerRequest } from './current-caller.decorator';
import { TokenReader } from './token-reader';

/** Whether who opened a long answer may still have it: keys are revoked, and keys and tokens expire meanwhile. */
@Injectable()
export class StandingAccess {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly tokens: TokenReader,
  ) {}

  /** True while the request's key or token still opens what it did when it was let in. Throws when Redis is away. */
  async stands(request: CallerRequest, { tenantId }: Caller, scope: Scope): Promise<boolean> {
    const text = bearerOf(request);
    if (text === undefined) return false;
    const now = await (this.tokens.isToken(text) ? this.tokens.verify(text) : this.apiKeys.verify(text));
    return now?.tenantId === tenantId && now.scopes.includes(scope);
  }
}
