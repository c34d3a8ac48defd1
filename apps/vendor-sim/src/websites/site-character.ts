import { Seeded } from '../data/seeded';

/**
 * How a company's website behaves: `live`, or one of the ways websites are broken. `dead`: connections are reset ·
 * `gone`: 404 · `slow`: answers after seconds · `file`: a PDF instead of a page · `blank`: HTML without content ·
 * `closed`: robots.txt lets nobody in.
 */
export type SiteCharacter = 'live' | 'dead' | 'gone' | 'slow' | 'file' | 'blank' | 'closed';

const SHARES: Readonly<Record<SiteCharacter, number>> = {
  live: 88,
  dead: 4,
  gone: 2,
  slow: 2,
  file: 1,
  blank: 1.5,
  closed: 1.5,
};

/** The same for `example.com` and `www.example.com`. */
export function siteCharacter(domain: string): SiteCharacter {
  return new Seeded(domain).weighted('website', SHARES);
}
