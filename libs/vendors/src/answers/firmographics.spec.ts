import { firmographicsSchema } from '#libs/contracts';
import { saysSomething, toFirmographics, type RawFirm } from './firmographics';

const NOTHING = {
  name: null,
  employees: null,
  industry: null,
  founded: null,
  country: null,
  city: null,
  description: null,
  linkedin: null,
  revenue_usd: null,
  technologies: [],
};

describe('firm data', () => {
  it('are as the vendor tells, in our words', () => {
    const raw: RawFirm = {
      name: ' Acme\u200b Inc ',
      employees: { min: 11, max: 50 },
      industry: 'Machinery',
      founded: 'August 1, 2011',
      country: 'Germany',
      city: 'Köln',
      description: 'x'.repeat(500),
      linkedin: 'linkedin.com/company/acme',
      revenueUsd: 1_000_000.4,
      technologies: ['Nginx', 'Nginx', null, ' ', 'React'],
    };
    const firm = toFirmographics(raw);
    expect(firm).toEqual({
      name: 'Acme Inc',
      employees: { min: 11, max: 50 },
      industry: 'Machinery',
      founded: 2011,
      country: 'DE',
      city: 'Köln',
      description: `${'x'.repeat(399)}…`,
      linkedin: 'https://linkedin.com/company/acme',
      revenue_usd: 1_000_000,
      technologies: ['Nginx', 'React'],
    });
    expect(firmographicsSchema.parse(firm)).toEqual(firm);
  });

  it.each<RawFirm>([
    {},
    { employees: null, technologies: null },
    { employees: { min: 0, max: 0 } },
    { employees: { min: 0 } },
    { employees: { min: 50, max: 11 } },
    { employees: { min: -5 } },
    { employees: { min: NaN } },
    { founded: 'long ago' },
    { founded: 0 },
    { founded: 20_150 },
    { country: 'Atlantis' },
    { linkedin: 'https://evil.example/linkedin.com' },
    { linkedin: 'javascript:alert(1)' },
    { linkedin: 'https://linkedin.com' },
    { revenueUsd: -1 },
    { revenueUsd: Infinity },
  ])('of %j are nothing', (raw) => {
    expect(toFirmographics(raw)).toEqual(NOTHING);
  });

  it('may have an open end', () => {
    expect(toFirmographics({ employees: { min: 5_001 } }).employees).toEqual({ min: 5_001, max: null });
    expect(toFirmographics({ employees: { max: 10 } }).employees).toEqual({ min: 0, max: 10 });
  });

  it('are worth having when they tell more than a name', () => {
    expect(saysSomething(toFirmographics({ name: 'Acme' }))).toBe(false);
    expect(saysSomething(toFirmographics({ city: 'Köln' }))).toBe(true);
    expect(saysSomething(toFirmographics({ technologies: ['React'] }))).toBe(true);
  });

  it('have at most twenty technologies', () => {
    const technologies = Array.from({ length: 1_000 }, (_, i) => `T${i}`);
    expect(toFirmographics({ technologies }).technologies).toHaveLength(20);
  });
});
