/** A page with more is no page about a company; looking at each costs a microsecond. */
const AT_SIGNS_MAX = 10_000;
const LOCAL_LENGTH_MAX = 64;
const DOMAIN_LENGTH_MAX = 253;
const LOCAL_CHARACTER = /[a-z0-9._%+'-]/i;
const DOMAIN_CHARACTER = /[a-z0-9.-]/i;
const LABEL = /^[a-z0-9-]{1,63}$/;
const TOP_LEVEL = /^[a-z]{2,24}$/;

/** Endings of file names that look like addresses (`logo@2x.png`). */
const FILE_ENDINGS = new Set([
  'png',
  'jpg',
  'jpeg',
  'gif',
  'svg',
  'webp',
  'avif',
  'ico',
  'css',
  'js',
  'mjs',
  'map',
  'pdf',
  'mp4',
]);
/** Placeholders, and what site builders and error trackers leave in pages. */
const NOBODYS_DOMAINS = [
  'example.com',
  'example.org',
  'example.net',
  'sentry.io',
  'wixpress.com',
  'yourdomain.com',
];

/**
 * The distinct e-mail addresses in a text, in lower case, in their order. Looks around every `@` and no further than an
 * address can be long, so that the time is linear whatever the text.
 */
export function emailAddresses(text: string): string[] {
  const found = new Set<string>();
  let at = text.indexOf('@');
  for (let seen = 0; at !== -1 && seen < AT_SIGNS_MAX; seen++, at = text.indexOf('@', at + 1)) {
    const address = addressAround(text, at);
    if (address !== null) found.add(address);
  }
  return [...found];
}

function addressAround(text: string, at: number): string | null {
  let start = at;
  while (at - start <= LOCAL_LENGTH_MAX && LOCAL_CHARACTER.test(text.charAt(start - 1))) start -= 1;
  let end = at + 1;
  while (end - at <= DOMAIN_LENGTH_MAX && DOMAIN_CHARACTER.test(text.charAt(end))) end += 1;
  const local = text.slice(start, at).replace(/^[.'-]{1,64}/, '');
  const domain = text
    .slice(at + 1, end)
    .replace(/[.-]{1,253}$/, '')
    .toLowerCase();
  const isAddress =
    local !== '' && local.length <= LOCAL_LENGTH_MAX && !local.endsWith('.') && isDomain(domain);
  return isAddress ? `${local.toLowerCase()}@${domain}` : null;
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  const topLevel = labels.at(-1) ?? '';
  return (
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-')) &&
    TOP_LEVEL.test(topLevel) &&
    !FILE_ENDINGS.has(topLevel) &&
    !NOBODYS_DOMAINS.some((nobodys) => domain === nobodys || domain.endsWith(`.${nobodys}`))
  );
}
