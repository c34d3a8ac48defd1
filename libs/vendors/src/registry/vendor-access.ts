import { appError } from '#libs/contracts';
import type { VendorDescriptor } from '../vendor.port';

/** How to reach one vendor; what is absent comes from the vendor's own descriptor. */
export interface VendorAccess {
  apiKey?: string;
  baseUrl?: string;
}

/** Access with the defaults filled in. */
export interface ResolvedAccess {
  apiKey: string | null;
  baseUrl: URL | null;
  /** Why the vendor cannot be asked, naming the setting to set; null when it can. */
  unusable: string | null;
}

/**
 * Decides how, and whether, a vendor can be asked. Offline nothing may reach the vendor itself, so that only an address
 * configured in place of its own will do. Throws `config_invalid` for a base URL that is none.
 */
export function resolveAccess(
  descriptor: VendorDescriptor,
  access: VendorAccess,
  offline: boolean,
): ResolvedAccess {
  const variable = `VENDOR_${descriptor.id.toUpperCase()}`;
  const ownUrl = descriptor.defaultBaseUrl === null ? null : new URL(descriptor.defaultBaseUrl);
  const configuredUrl = access.baseUrl === undefined ? null : parseBaseUrl(variable, access.baseUrl);
  const apiKey = descriptor.auth === 'none' ? null : (access.apiKey ?? null);
  return {
    apiKey,
    baseUrl: configuredUrl ?? ownUrl,
    unusable: whyUnusable(),
  };

  function whyUnusable(): string | null {
    if (descriptor.auth !== 'none' && apiKey === null) return `set ${variable}_API_KEY`;
    if (offline && (configuredUrl === null || configuredUrl.host === ownUrl?.host)) {
      return `offline: set ${variable}_BASE_URL to the simulator's address`;
    }
    return null;
  }
}

function parseBaseUrl(variable: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const usable =
    url !== null &&
    ['http:', 'https:'].includes(url.protocol) &&
    [url.username, url.password, url.search, url.hash].every((part) => part === '');
  if (usable) return url;
  throw appError(
    'config_invalid',
    `${variable}_BASE_URL is not a base URL: use http(s)://host[:port][/path], without user, query or fragment`,
  );
}
