import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { RequestAdmission, type Admission, type RateStanding } from '#libs/access';
import { appError, type Scope } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import { redisFull } from '../redis-full';
import { bearerOf } from './bearer';
import { clientAddress, senderOf } from './client-address';
import { SERVED_WHEN_FULL, STARTS_RUNS } from './counts-as.decorator';
import type { CallerRequest } from './current-caller.decorator';
import { RedisMemory } from './redis-memory';
import { REQUIRED_SCOPE } from './require-scope.decorator';
import { TokenReader } from './token-reader';

/** Methods that ask for no more memory. */
const ADDS_NOTHING = new Set(['GET', 'HEAD', 'DELETE']);

/** What a route's decorators say. */
interface RouteRules {
  required: Scope | 'public' | undefined;
  startsRuns: boolean;
  servedWhenFull: boolean;
}

/**
 * Lets a request pass if its key or token is valid, has requests left in this minute, and may do what the route asks for.
 * What no decorator opens stays closed. One round trip to Redis.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly rules = new Map<ReturnType<ExecutionContext['getHandler']>, RouteRules>();

  constructor(
    private readonly reflector: Reflector,
    private readonly admission: RequestAdmission,
    private readonly tokens: TokenReader,
    private readonly memory: RedisMemory,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = this.rulesOf(context);
    const { required } = route;
    if (required === 'public') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<CallerRequest>();
    const { caller, rate } = await this.admit(request, route).catch((error: unknown) => {
      tellRate(http.getResponse<Response>(), rateOf(error));
      throw error;
    });
    tellRate(http.getResponse<Response>(), rate);
    if (required === undefined || !caller.scopes.includes(required)) {
      throw appError('forbidden', `this key lacks the scope ${required ?? '(none opens this route)'}`);
    }
    if (this.memory.isFull && !ADDS_NOTHING.has(request.method) && !route.servedWhenFull) {
      throw redisFull();
    }
    request.caller = caller;
    return true;
  }

  private async admit(request: CallerRequest, { startsRuns }: RouteRules): Promise<Admission> {
    const text = bearerOf(request);
    if (text === undefined) throw appError('unauthenticated', 'send a valid key: Authorization: Bearer lg_…');
    const address = clientAddress(senderOf(request));
    const kind = startsRuns ? 'run' : 'request';
    if (!this.tokens.isToken(text)) return this.admission.byKey(text, address, kind);
    const caller = await this.tokens.verify(text);
    return caller ? this.admission.proven(caller, address, kind) : this.admission.refuse(address);
  }

  /** A route's decorators never change. */
  private rulesOf(context: ExecutionContext): RouteRules {
    const handler = context.getHandler();
    const known = this.rules.get(handler);
    if (known) return known;
    const rules: RouteRules = {
      required: this.said(REQUIRED_SCOPE, context) as RouteRules['required'],
      startsRuns: this.said(STARTS_RUNS, context) === true,
      servedWhenFull: this.said(SERVED_WHEN_FULL, context) === true,
    };
    this.rules.set(handler, rules);
    return rules;
  }

  private said(metadata: string, context: ExecutionContext): unknown {
    return this.reflector.getAllAndOverride<unknown>(metadata, [context.getHandler(), context.getClass()]);
  }
}

function tellRate(response: Response, rate: RateStanding | undefined): void {
  if (!rate) return;
  response.setHeader('ratelimit-limit', rate.limit);
  response.setHeader('ratelimit-remaining', rate.remaining);
  response.setHeader('ratelimit-reset', rate.resetS);
}

/** What a refusal for too many requests says of the caller's minute. */
function rateOf(error: unknown): RateStanding | undefined {
  if (!(error instanceof AppError)) return undefined;
  const { rate_limit: limit, rate_reset_s: resetS } = error.context;
  return typeof limit === 'number' && typeof resetS === 'number'
    ? { limit, remaining: 0, resetS }
    : undefined;
}
