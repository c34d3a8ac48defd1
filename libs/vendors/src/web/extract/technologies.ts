import type { PageContent } from './page-content';

/** A part of a script's, style sheet's or image's address → what the site is built with. */
const RESOURCE_HINTS: readonly (readonly [string, string])[] = [
  ['/wp-content/', 'WordPress'],
  ['/wp-includes/', 'WordPress'],
  ['cdn.shopify.com', 'Shopify'],
  ['static.wixstatic.com', 'Wix'],
  ['parastorage.com', 'Wix'],
  ['squarespace', 'Squarespace'],
  ['webflow', 'Webflow'],
  ['/_next/', 'Next.js'],
  ['/_nuxt/', 'Nuxt'],
  ['googletagmanager.com', 'Google Tag Manager'],
  ['google-analytics.com', 'Google Analytics'],
  ['plausible.io', 'Plausible'],
  ['hs-scripts.com', 'HubSpot'],
  ['hsforms.net', 'HubSpot'],
  ['pardot.com', 'Salesforce Pardot'],
  ['marketo', 'Marketo'],
  ['intercom', 'Intercom'],
  ['zdassets.com', 'Zendesk'],
  ['js.stripe.com', 'Stripe'],
  ['cdn.segment.com', 'Segment'],
  ['hotjar.com', 'Hotjar'],
  ['cookiebot.com', 'Cookiebot'],
  ['onetrust', 'OneTrust'],
];
const GENERATOR_LENGTH_MAX = 40;
const ADDRESS_LENGTH_MAX = 500;

/** What the site is built with, sorted, as far as the page gives it away. */
export function technologies({ meta, resources }: PageContent): string[] {
  const found = new Set<string>();
  // `WordPress 6.4.2` → `WordPress`: the version is nobody's business.
  const [generator] = (meta.get('generator') ?? '').slice(0, GENERATOR_LENGTH_MAX).split(/[\d(;,]/, 1);
  const name = generator?.replace(/[^\p{L}\p{N} .!-]/gu, '').trim() ?? '';
  if (name !== '') found.add(name);
  for (const resource of resources) {
    const address = resource.slice(0, ADDRESS_LENGTH_MAX);
    for (const [part, technology] of RESOURCE_HINTS) if (address.includes(part)) found.add(technology);
  }
  return [...found].sort();
}
