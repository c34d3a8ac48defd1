/** How to reach one vendor; what is absent comes from the vendor's own descriptor. */
export interface VendorSettings {
  apiKey?: string;
  baseUrl?: string;
}

const VENDOR_VARIABLE = /^VENDOR_([A-Z0-9]+)_(API_KEY|BASE_URL)(?:_FILE)?$/;

/**
 * `VENDOR_<ID>_API_KEY` (or `…_API_KEY_FILE`) and `VENDOR_<ID>_BASE_URL` of whichever vendors are named, so that a new
 * vendor needs no change here.
 */
export function readVendorSettings(
  read: (name: string, secret: boolean) => string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, VendorSettings>> {
  const vendors: Record<string, VendorSettings> = {};
  for (const variable of Object.keys(env)) {
    const [, id, what] = VENDOR_VARIABLE.exec(variable) ?? [];
    if (id === undefined || what === undefined) continue;
    const text = read(`VENDOR_${id}_${what}`, what === 'API_KEY');
    if (text === undefined) continue;
    const settings = (vendors[id.toLowerCase()] ??= {});
    if (what === 'API_KEY') settings.apiKey = text;
    else settings.baseUrl = text;
  }
  return Object.freeze(vendors);
}

/** What could be set for the vendors that these names are about. */
export function vendorVariables(names: readonly string[]): string[] {
  const ids = new Set(names.flatMap((name) => /^VENDOR_([A-Z0-9]+)_/.exec(name)?.[1] ?? []));
  return [...ids].flatMap((id) =>
    ['API_KEY', 'API_KEY_FILE', 'BASE_URL'].map((what) => `VENDOR_${id}_${what}`),
  );
}
