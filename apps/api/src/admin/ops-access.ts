import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { basicCredentials, OpsLogin, type OpsUser } from '#libs/access';
import type { ErrorCode } from '#libs/contracts';
import type { Logger } from '#libs/observability';
import { problemOf } from '../problem';
import { isFromForeignPage } from './foreign-page';
import { LoginLimit } from './login-limit';

export interface OpsRequest extends Request {
  /** Set by `OpsAccess` before anything else of the admin port runs. */
  ops?: OpsUser;
}

const SAFE_METHODS = new Set(['GET', 'HEAD']);

/**
 * Stands before everything on the admin port, the board's own pages included: who is asking, whether they may change
 * something, and that no other page asks in their name. It knows no keys of tenants.
 */
export class OpsAccess {
  private readonly login: OpsLogin;
  private readonly limit = new LoginLimit();

  constructor(
    users: readonly OpsUser[],
    private readonly logger: Logger,
  ) {
    this.login = new OpsLogin(users);
  }

  readonly middleware = async (
    request: OpsRequest,
    response: Response,
    next: NextFunction,
  ): Promise<void> => {
    const user = await this.authenticate(request, response);
    if (!user) return;
    if (!SAFE_METHODS.has(request.method)) {
      if (isFromForeignPage(request.headers)) {
        refuse(response, 'forbidden', 'a change must be asked for by a page of this address');
        return;
      }
      if (user.role !== 'operator') {
        refuse(response, 'forbidden', `${user.name} is a viewer: changes need the role operator`);
        return;
      }
    }
    request.ops = user;
    next();
  };

  private async authenticate(request: Request, response: Response): Promise<OpsUser | undefined> {
    const credentials = basicCredentials(request.headers.authorization);
    if (!credentials) {
      askForPassword(response);
      return undefined;
    }
    const address = request.socket.remoteAddress ?? 'unknown';
    const waitS = await this.limit.retryAfterS(address, credentials.name);
    if (waitS > 0) {
      response.setHeader('retry-after', waitS);
      refuse(response, 'rate_limited', `too many wrong passwords: try again in ${waitS} s`);
      return undefined;
    }
    const user = await this.login.verify(credentials);
    if (user) return user;
    await this.limit.countWrong(address, credentials.name);
    this.logger.warn({ event: 'ops_login_refused', address }, 'wrong name or password on the admin port');
    askForPassword(response);
    return undefined;
  }
}

/** Who asks, in a route of the admin port. */
export const CurrentOps = createParamDecorator((_: unknown, context: ExecutionContext): OpsUser => {
  const { ops } = context.switchToHttp().getRequest<OpsRequest>();
  if (!ops) throw new Error('a request passed the admin port’s own middleware by');
  return ops;
});

export function refuse(response: Response, code: ErrorCode, detail: string): void {
  const problem = problemOf(code, detail);
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

function askForPassword(response: Response): void {
  response.setHeader('www-authenticate', 'Basic realm="leadgen ops", charset="UTF-8"');
  refuse(
    response,
    'unauthenticated',
    'send the name and password of somebody in LEADGEN_OPS_USERS (HTTP Basic)',
  );
}
