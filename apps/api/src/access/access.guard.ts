import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiKeys } from '#libs/access';
import { appError, type Scope } from '#libs/contracts';
import type { CallerRequest } from './current-caller.decorator';
import { REQUIRED_SCOPE } from './require-scope.decorator';

const BEARER = /^Bearer (\S+)$/i;

/** Lets a request pass if its key is valid and may do what the route asks for. What no decorator opens stays closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly apiKeys: ApiKeys,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const required = this.reflector.getAllAndOverride<Scope | 'public' | undefined>(REQUIRED_SCOPE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (required === 'public') return true;
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const key = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const caller = key === undefined ? undefined : await this.apiKeys.verify(key);
    if (!caller) {
      throw appError('unauthenticated', 'send a valid key: Authorization: Bearer lg_…');
    }
    if (required === undefined || !caller.scopes.includes(required)) {
      throw appError('forbidden', `this key lacks the scope ${required ?? '(none opens this route)'}`);
    }
    request.caller = caller;
    return true;
  }
}
