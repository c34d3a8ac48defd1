import { foldText } from '../text/fold-text';
import { HOSTING_NAMES, HOSTING_PLATFORMS, PAGE_NAMES, PAGE_PLATFORMS } from './platforms';

/** Owners of platforms that are called otherwise than their sites. */
const OWNERS: Readonly<Record<string, string>> = {
  'facebook.com': 'meta',
  'fb.com': 'facebook meta',
  'instagram.com': 'meta',
  'google.com': 'alphabet',
  'x.com': 'twitter',
  'twitter.com': 'x',
  'bbb.org': 'better business bureau',
  'archive.org': 'internet archive',
  'wikipedia.org': 'wikimedia',
  'wordpress.com': 'automattic',
  'twitch.tv': 'justin',
  'myshopify.com': 'shopify',
};

/** True for the own domain of a site on which other companies have their pages. */
export function isPlatform(domain: string): boolean {
  const label = labelOf(domain);
  return (
    PAGE_PLATFORMS.has(domain) ||
    HOSTING_PLATFORMS.has(domain) ||
    PAGE_NAMES.has(label) ||
    HOSTING_NAMES.has(label)
  );
}

/** True if a company of this name may own the platform: `Facebook, Inc.`, `Yellow Pages Group`, `LinkedIn Deutschland`. */
export function namesPlatform(name: string, domain: string): boolean {
  const words = foldText(name).split(' ');
  const label = labelOf(domain);
  const joined = words.join('');
  const mentions = words.includes(label) || (label.length > 3 && joined.includes(label.replaceAll('-', '')));
  const beginsSo = joined.length > 3 && label.startsWith(joined);
  return mentions || beginsSo || (OWNERS[domain]?.split(' ').some((word) => words.includes(word)) ?? false);
}

function labelOf(domain: string): string {
  return domain.slice(0, domain.indexOf('.'));
}
