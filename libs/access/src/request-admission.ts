import { appError, type Caller } from '#libs/contracts';
import type { CellKeys, RedisClient } from '#libs/redis';
import { accessScripts } from './access-scripts';
import { hashSecret, isStoredHash, parseApiKey, type ApiKeyParts } from './api-key';
import { scopesOf } from './stored-scopes';

export interface AdmissionLimits {
  ratePerMinute: number;
  runsPerMinute: number;
  badKeysPerMinute: number;
}

/** What a request counts as; one that starts runs counts as a request, too. */
export type RequestKind = 'request' | 'run';

/** How much of its minute a caller has left: the header fields `RateLimit-Limit`, `-Remaining` and `-Reset`. */
export interface RateStanding {
  limit: number;
  remaining: number;
  /** Until all of the limit is there again. */
  resetS: number;
}

export interface Admission {
  caller: Caller;
  rate: RateStanding;
}

type Reply =
  | ['invalid', count: number, restMs: number]
  | ['over', limit: number, remaining: number, resetMs: number, waitMs: number]
  | [
      'admitted',
      limit: number,
      remaining: number,
      resetMs: number,
      tenant: string,
      scopes: string,
      hash: string,
    ];

/** Whom no key was issued under: nobody's id looks like this. */
const NO_KEY: ApiKeyParts = { environment: '-', id: '-', secret: '-' };

/**
 * Lets requests in: proves who asks and keeps each caller within what it may ask in a minute. One round trip to Redis per
 * request; nothing is remembered in the process, so that a revoked key is refused from the next request on.
 */
export class RequestAdmission {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly limits: AdmissionLimits,
  ) {}

  /**
   * Admits the holder of a key. Throws `unauthenticated` for anything but a valid one, `rate_limited` when too many of
   * those came from `address`, or too many requests with this key. A valid key is let in whatever else its address sent:
   * several clients may share one.
   */
  async byKey(text: string, address: string, kind: RequestKind): Promise<Admission> {
    const { environment, id, secret } = parseApiKey(text) ?? NO_KEY;
    const hash = hashSecret(secret);
    const actor = `key:${id}`;
    const reply = await this.ask({ id, environment, hash, actor, address, kind });
    const [tenantId, scopes, storedHash] = reply.record;
    if (!isStoredHash(hash, storedHash)) throw unauthenticated();
    return { caller: { tenantId, actor, scopes: scopesOf(scopes) }, rate: reply.rate };
  }

  /** Admits a caller who has proven by other means who it is. Throws `rate_limited`. */
  async proven(caller: Caller, address: string, kind: RequestKind): Promise<Admission> {
    const { actor } = caller;
    const { rate } = await this.ask({ id: NO_KEY.id, environment: '', hash: '', actor, address, kind });
    return { caller, rate };
  }

  /** Counts something that was no valid proof as an invalid key. Always throws: `unauthenticated` or `rate_limited`. */
  async refuse(address: string): Promise<never> {
    const { environment, id, secret } = NO_KEY;
    await this.ask({ id, environment, hash: hashSecret(secret), actor: 'nobody', address, kind: 'request' });
    throw unauthenticated();
  }

  private async ask(request: {
    id: string;
    environment: string;
    hash: string;
    actor: string;
    address: string;
    kind: RequestKind;
  }): Promise<{ rate: RateStanding; record: [tenant: string, scopes: string, hash: string] }> {
    const { actor, kind } = request;
    const { ratePerMinute, runsPerMinute, badKeysPerMinute } = this.limits;
    const reply = (await accessScripts.admitRequest.run(
      this.redis,
      [
        this.keys.apiKey(request.id),
        this.keys.requestBucket(actor, 'requests'),
        this.keys.requestBucket(actor, kind === 'run' ? 'runs' : 'requests'),
        this.keys.badKeys(request.address),
      ],
      [request.environment, request.hash, ratePerMinute, kind === 'run' ? runsPerMinute : 0],
    )) as Reply;
    if (reply[0] === 'invalid') throw invalidKey(reply[1], reply[2], badKeysPerMinute);
    const rate = { limit: reply[1], remaining: reply[2], resetS: Math.ceil(reply[3] / 1_000) };
    if (reply[0] === 'over') throw rateLimited(rate, reply[4]);
    return { rate, record: [reply[4], reply[5], reply[6]] };
  }
}

function invalidKey(count: number, restMs: number, badKeysPerMinute: number): Error {
  if (count <= badKeysPerMinute) return unauthenticated();
  return appError(
    'rate_limited',
    `more than ${badKeysPerMinute} invalid keys came from this address within a minute: correct the key, then try again`,
    { context: { retry_after_s: Math.ceil(restMs / 1_000) } },
  );
}

function rateLimited({ limit, resetS }: RateStanding, waitMs: number): Error {
  return appError(
    'rate_limited',
    `this key may ask ${limit} times a minute: ask again when Retry-After says`,
    {
      context: { retry_after_s: Math.ceil(waitMs / 1_000), rate_limit: limit, rate_reset_s: resetS },
    },
  );
}

function unauthenticated(): Error {
  return appError('unauthenticated', 'send a valid key: Authorization: Bearer lg_…');
}
