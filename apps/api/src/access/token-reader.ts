import { readFileSync } from 'node:fs';
import { OidcTokens } from '#libs/access';
import type { Settings } from '#libs/config';
import { appError, type Caller } from '#libs/contracts';

const KEY_PREFIX = 'lg_';

/** Tokens of the issuer that the settings name; without one, nothing is a token. */
export class TokenReader {
  private constructor(private readonly tokens: OidcTokens | undefined) {}

  /** Throws `config_invalid` naming the variables that are missing or wrong. */
  static fromSettings({ access }: Pick<Settings, 'access'>): TokenReader {
    const { oidcIssuer: issuer, oidcAudience: audience, oidcJwksUrl: url, oidcJwksFile: file } = access;
    if (issuer === undefined) {
      if (audience === undefined && url === undefined && file === undefined)
        return new TokenReader(undefined);
      throw appError(
        'config_invalid',
        'LEADGEN_OIDC_ISSUER is not set, though other LEADGEN_OIDC_ variables are',
      );
    }
    if (audience === undefined || (url === undefined) === (file === undefined)) {
      throw appError(
        'config_invalid',
        'LEADGEN_OIDC_ISSUER needs LEADGEN_OIDC_AUDIENCE, and either LEADGEN_OIDC_JWKS_URL or LEADGEN_OIDC_JWKS_FILE',
      );
    }
    const keys = url === undefined ? { jwks: readKeys(file ?? '') } : { url: new URL(url) };
    const { oidcTenantClaim: tenantClaim, oidcScopeClaim: scopeClaim } = access;
    return new TokenReader(new OidcTokens({ issuer, audience, keys, tenantClaim, scopeClaim }));
  }

  /** True for what is to be read as a token, and not as a key. */
  isToken(text: string): boolean {
    return this.tokens !== undefined && !text.startsWith(KEY_PREFIX);
  }

  /** Whom the token proves, as `OidcTokens.verify`; undefined without an issuer. */
  async verify(token: string): Promise<Caller | undefined> {
    return this.tokens?.verify(token);
  }
}

function readKeys(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw appError(
      'config_invalid',
      `LEADGEN_OIDC_JWKS_FILE=${JSON.stringify(file)}: cannot be read as JSON`,
      { cause },
    );
  }
}
