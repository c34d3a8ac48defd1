const ENGLISH = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
const names = new Map<string, string>();

/** The English name of an ISO 3166-1 alpha-2 code (Unicode CLDR, as built into Node), the code itself if it has none. */
export function countryName(code: string): string {
  let name = names.get(code);
  if (name === undefined) {
    name = ENGLISH.of(code) ?? code;
    names.set(code, name);
  }
  return name;
}
