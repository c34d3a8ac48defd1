import { Seeded } from '../data/seeded';
import { brandName, mailDomain } from '../data/simulated-domain';

/** What a simulated website says about its company. */
export interface SiteFacts {
  brand: string;
  title: string;
  description: string;
  email: string | null;
  phone: string | null;
  socials: readonly string[];
  generator: string | null;
  scripts: readonly string[];
  /** Where the ways to get in touch stand. */
  contactOn: 'home' | 'contact page';
}

/** True of any company, so that they read well beside its real name and industry. */
const TITLES: readonly ((brand: string) => string)[] = [
  (brand) => brand,
  (brand) => `${brand} | Home`,
  (brand) => `${brand} – Official website`,
  (brand) => `Welcome to ${brand}`,
];
const DESCRIPTIONS: readonly ((brand: string) => string)[] = [
  (brand) =>
    `${brand} builds products its customers rely on every day. Meet the team, read our story and get in touch.`,
  (brand) => `Learn what ${brand} does, who we work with and how to reach us.`,
  (brand) => `At ${brand} a small, experienced team takes care of customers in more than a dozen countries.`,
  (brand) => `${brand}: products, customers, careers and contact.`,
];
const MAILBOXES: readonly string[] = ['hello', 'info', 'contact', 'office', 'team'];
/** Area codes of the fictitious numbers; 555-01xx is never given to anybody. */
const AREA_CODES: readonly string[] = ['212', '312', '415', '512', '617', '646', '650', '720'];
const GENERATORS: readonly (string | null)[] = [
  'WordPress 6.5',
  'Webflow',
  'HubSpot',
  'Ghost 5.8',
  null,
  null,
];
const SCRIPTS: readonly string[] = [
  'https://www.googletagmanager.com/gtag/js?id=G-SIMULATED',
  'https://js.hs-scripts.com/0000000.js',
  'https://js.stripe.com/v3/',
  'https://widget.intercom.io/widget/simulated',
  '/_next/static/chunks/main.js',
  'https://static.hotjar.com/c/hotjar-0.js',
];

/** The same facts for the same domain, always. */
export function siteFacts(domain: string): SiteFacts {
  const seeded = new Seeded(domain);
  const brand = brandName(domain);
  const slug = brand.toLowerCase().replaceAll(' ', '-');
  const mailbox = seeded.pick('mailbox', MAILBOXES);
  const number = `555-01${String(seeded.between('number', 0, 99)).padStart(2, '0')}`;
  return {
    brand,
    title: seeded.pick('title', TITLES)(brand),
    description: seeded.pick('description', DESCRIPTIONS)(brand),
    email: seeded.chance('email', 0.85) ? `${mailbox}@${mailDomain(domain)}` : null,
    phone: seeded.chance('phone', 0.7) ? `+1 ${seeded.pick('area', AREA_CODES)} ${number}` : null,
    socials: [
      `https://www.linkedin.com/company/${slug}`,
      `https://x.com/${slug}`,
      `https://github.com/${slug}`,
    ].filter((_, i) => seeded.chance(`social ${i}`, [0.8, 0.55, 0.2][i] ?? 0)),
    generator: seeded.pick('generator', GENERATORS),
    scripts: SCRIPTS.filter((_, i) => seeded.chance(`script ${i}`, 0.3)),
    contactOn: seeded.chance('contact on home', 0.6) ? 'home' : 'contact page',
  };
}
