import { siteCharacter, type SiteCharacter } from '../websites/site-character';
import { siteFacts } from '../websites/site-facts';
import { companyStaff } from './company-staff';

const DOMAINS = Array.from({ length: 2_000 }, (_, i) => `company-${i}.com`);

describe('simulated people', () => {
  it('can never be written to: every address ends in .invalid', () => {
    const addresses = DOMAINS.flatMap((domain) => companyStaff(domain).map(({ email }) => email));
    expect(addresses.length).toBeGreaterThan(2_000);
    expect(addresses.filter((address) => !/^[a-z.]+@company-\d+\.com\.invalid$/.test(address))).toEqual([]);
  });

  it('are the same in every release: offline results are compared across them', () => {
    expect(companyStaff('gitlab.com').slice(0, 2)).toEqual([
      {
        firstName: 'Ayesha',
        lastName: 'Lin',
        role: { title: 'Co-Founder & CEO', department: 'executive', seniority: 'executive' },
        email: 'ayesha.lin@gitlab.com.invalid',
      },
      {
        firstName: 'Stephen',
        lastName: 'Edwards',
        role: { title: 'Chief Technology Officer', department: 'it', seniority: 'executive' },
        email: 'stephen.edwards@gitlab.com.invalid',
      },
    ]);
    expect(siteFacts('gitlab.com')).toEqual({
      brand: 'Gitlab',
      title: 'Welcome to Gitlab',
      description:
        'At Gitlab a small, experienced team takes care of customers in more than a dozen countries.',
      email: 'office@gitlab.com.invalid',
      phone: null,
      socials: ['https://www.linkedin.com/company/gitlab'],
      generator: null,
      scripts: [
        'https://js.hs-scripts.com/0000000.js',
        'https://widget.intercom.io/widget/simulated',
        '/_next/static/chunks/main.js',
      ],
      contactOn: 'contact page',
    });
  });

  it('hold each job once, and each address once', () => {
    for (const domain of DOMAINS.slice(0, 300)) {
      const staff = companyStaff(domain);
      expect(new Set(staff.map(({ email }) => email)).size).toBe(staff.length);
      expect(
        staff.filter(({ role }) => /CEO|Chief Executive|Managing/.test(role.title)).length,
      ).toBeLessThanOrEqual(1);
    }
  });

  it('are unknown for about one company in seven', () => {
    const unknown = DOMAINS.filter((domain) => companyStaff(domain).length === 0).length / DOMAINS.length;
    expect(unknown).toBeGreaterThan(0.12);
    expect(unknown).toBeLessThan(0.18);
  });
});

describe('simulated websites', () => {
  it('are broken in every way there is, and mostly not', () => {
    const count = new Map<SiteCharacter, number>();
    for (const domain of DOMAINS) {
      const character = siteCharacter(domain);
      count.set(character, (count.get(character) ?? 0) + 1);
    }
    expect(count.size).toBe(7);
    expect(count.get('live')).toBeGreaterThan(0.85 * DOMAINS.length);
  });

  it('name telephone numbers that nobody has', () => {
    const phones = DOMAINS.map((domain) => siteFacts(domain).phone).filter((phone) => phone !== null);
    expect(phones.filter((phone) => !/^\+1 \d{3} 555-01\d\d$/.test(phone))).toEqual([]);
  });
});
