import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { appError, tenantIdSchema, type Caller } from '#libs/contracts';
import { shortHash, toError } from '#libs/kernel';
import { knownScopes } from './stored-scopes';

export interface OidcOptions {
  issuer: string;
  audience: string;
  /** Where the issuer publishes its keys, or the keys themselves (JWKS). From settings: never from a request. */
  keys: { url: URL } | { jwks: unknown };
  tenantClaim: string;
  scopeClaim: string;
}

/** Signatures by a private key only: with a shared secret whoever checks a token could also make one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** How far the issuer's clock may be off ours. */
const SKEW_S = 60;
const JWKS_CACHE_MS = 600_000;
/** A token that names an unknown key makes us look for new ones no oftener than this. */
const JWKS_COOLDOWN_MS = 30_000;
const JWKS_TIMEOUT_MS = 3_000;
const PLAIN_SUBJECT = /^[A-Za-z0-9._|:-]{1,64}$/;

/** Reads tokens (JWT) that an OpenID Connect issuer has signed for this API. */
export class OidcTokens {
  private readonly keyOf: JWTVerifyGetKey;

  /** Throws `config_invalid` if the keys given are no JWKS. */
  constructor(private readonly options: OidcOptions) {
    this.keyOf = keysOf(options.keys);
  }

  /**
   * Whom the token proves; undefined for anything but a valid one: signature by a key of the issuer's, `iss`, `aud`, `exp`,
   * `sub` and a tenant. Throws `identity_unreachable` while the issuer's keys cannot be had.
   */
  async verify(token: string): Promise<Caller | undefined> {
    const { issuer, audience } = this.options;
    try {
      const { payload } = await jwtVerify(token, this.keyOf, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: SKEW_S,
        requiredClaims: ['exp', 'sub'],
      });
      return this.callerOf(payload);
    } catch (error) {
      if (error instanceof KeysUnreachable) throw identityUnreachable(issuer, error);
      // Whatever else is wrong, it is the token: who sent it learns no more than that.
      return undefined;
    }
  }

  private callerOf(payload: JWTPayload): Caller | undefined {
    const tenant = tenantIdSchema.safeParse(claim(payload, this.options.tenantClaim));
    if (!tenant.success || payload.sub === undefined) return undefined;
    const scopes = claim(payload, this.options.scopeClaim);
    return {
      tenantId: tenant.data,
      actor: `jwt:${nameOf(payload.sub)}`,
      scopes: knownScopes(typeof scopes === 'string' ? scopes.split(' ') : scopes),
    };
  }
}

class KeysUnreachable extends Error {}

function keysOf(keys: OidcOptions['keys']): JWTVerifyGetKey {
  if ('jwks' in keys) {
    try {
      return createLocalJWKSet(keys.jwks as Parameters<typeof createLocalJWKSet>[0]);
    } catch (cause) {
      throw appError('config_invalid', 'LEADGEN_OIDC_JWKS_FILE: the file holds no JWKS, {"keys":[…]}', {
        cause,
      });
    }
  }
  const remote = createRemoteJWKSet(keys.url, {
    cacheMaxAge: JWKS_CACHE_MS,
    cooldownDuration: JWKS_COOLDOWN_MS,
    timeoutDuration: JWKS_TIMEOUT_MS,
  });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      if (isOfToken(error)) throw error;
      throw new KeysUnreachable(toError(error).message, { cause: error });
    }
  };
}

/** True if the issuer's keys were there, and the token fits none. */
function isOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

function claim(payload: JWTPayload, name: string): unknown {
  return Object.hasOwn(payload, name) ? payload[name] : undefined;
}

/** A subject may be somebody's address: that does not belong into logs and audit. */
function nameOf(subject: string): string {
  return PLAIN_SUBJECT.test(subject) ? subject : shortHash(subject, 16);
}

function identityUnreachable(issuer: string, cause: Error): Error {
  return appError(
    'identity_unreachable',
    `the keys of the issuer ${issuer} cannot be had: try again shortly, or use a key`,
    {
      cause,
    },
  );
}
