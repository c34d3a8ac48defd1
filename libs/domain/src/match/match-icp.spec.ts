import fc from 'fast-check';
import { icpMatchSchema, type Company, type EmployeeRange } from '#libs/contracts';
import { aCompany } from '../../test/builders';
import { aCompiledIcp } from '../../test/icp-builder';
import { createKeywordMatcher } from '../icp/keyword-matcher';
import { matchIcp, missedCriteria } from './match-icp';

const SOFTWARE = new Map([['software', 'Software']]);
const GERMANY = new Map([['DE', 'Germany']]);
const STRICT = aCompiledIcp({
  industries: SOFTWARE,
  countries: GERMANY,
  employees: { min: 50, max: 500 },
  keywords: createKeywordMatcher(['analytics']),
  founded: { min: 2000, max: null },
});

describe('the ICP match', () => {
  it('gives a company that meets everything the full pre-score and a reason per criterion', () => {
    expect(matchIcp(aCompany(), STRICT)).toEqual({
      matched: true,
      pre_score: 100,
      reasons: [
        { criterion: 'industries', verdict: 'match', text: 'Industry Software is on your list' },
        { criterion: 'employees', verdict: 'match', text: '51–200 employees: within your 50–500' },
        { criterion: 'countries', verdict: 'match', text: 'Germany is on your list' },
        { criterion: 'keywords', verdict: 'match', text: 'Mentions “analytics”' },
        { criterion: 'founded', verdict: 'match', text: 'Founded 2010: within your minimum of 2000' },
      ],
    });
  });

  it('matches everybody against an empty ICP, the better known ones first', () => {
    const unknown = aCompany({
      domain: null,
      country: null,
      industry: null,
      industries: [],
      employees: null,
    });
    expect(matchIcp(unknown, aCompiledIcp())).toEqual({ matched: true, pre_score: 91, reasons: [] });
    expect(matchIcp(aCompany(), aCompiledIcp()).pre_score).toBe(100);
  });

  it.each<[string, Partial<Company>, string]>([
    ['industry', { industry: 'retail', industries: ['retail'] }, 'Industry Retail is not on your list'],
    ['country', { country: 'FR' }, 'France is not on your list'],
    ['size', { employees: { min: 10_001, max: null } }, '10,001+ employees: outside your 50–500'],
    ['keyword', { description: 'Shoes' }, 'None of your keywords is mentioned'],
    ['year', { founded: 1999 }, 'Founded 1999: outside your minimum of 2000'],
  ])('does not match a company that is known to miss the %s, and says so', (_what, facts, text) => {
    const match = matchIcp(aCompany(facts), STRICT);
    expect(match.matched).toBe(false);
    expect(missedCriteria(match)).toEqual([text]);
  });

  it.each<[string, Partial<Company>, string]>([
    ['industry', { industry: null, industries: [] }, 'Industry is not known'],
    ['country', { country: null }, 'Country is not known'],
    ['size', { employees: null }, 'Number of employees is not known'],
    ['description', { description: null }, 'No description to look for your keywords in'],
    ['year', { founded: null }, 'Year of foundation is not known'],
  ])('matches a company whose %s is unknown, with a lower pre-score', (_what, facts, text) => {
    const match = matchIcp(aCompany(facts), STRICT);
    expect(match.matched).toBe(true);
    expect(match.pre_score).toBeLessThan(100);
    expect(match.reasons).toContainEqual(expect.objectContaining({ verdict: 'unknown', text }));
  });

  it.each([
    [{ excludeDomains: new Set(['acme.example']) }, 'acme.example is on your exclusion list'],
    [{ excludeCountries: GERMANY }, 'Germany is on your exclusion list'],
    [{ excludeIndustries: SOFTWARE }, 'Industry Software is on your exclusion list'],
    [{ excludeKeywords: createKeywordMatcher(['warehouses']) }, 'Mentions “warehouses”, which you exclude'],
  ])('does not match what the ICP excludes: %j', (exclusion, text) => {
    const match = matchIcp(aCompany(), { ...STRICT, ...exclusion });
    expect(match).toMatchObject({ matched: false, pre_score: 0 });
    expect(missedCriteria(match)).toEqual([text]);
  });

  it('excludes nobody for what is not known of them', () => {
    const blank = aCompany({
      domain: null,
      country: null,
      industry: null,
      industries: [],
      description: null,
    });
    const icp = aCompiledIcp({
      excludeDomains: new Set(['acme.example']),
      excludeCountries: GERMANY,
      excludeIndustries: SOFTWARE,
      excludeKeywords: createKeywordMatcher(['warehouses']),
    });
    expect(matchIcp(blank, icp).matched).toBe(true);
  });

  it('counts a secondary industry, for a little less than the primary one', () => {
    const match = matchIcp(aCompany({ industry: 'retail', industries: ['retail', 'software'] }), STRICT);
    expect(match.matched).toBe(true);
    expect(match.pre_score).toBeLessThan(100);
  });

  it.each<[EmployeeRange, string, boolean]>([
    [{ min: 50, max: 50 }, '50 employees: within your 50–500', true],
    [{ min: 11, max: 50 }, '11–50 employees: overlaps your 50–500', true],
    [{ min: 201, max: 1000 }, '201–1,000 employees: overlaps your 50–500', true],
    [{ min: 200, max: null }, '200+ employees: overlaps your 50–500', true],
    [{ min: 0, max: null }, '0+ employees: overlaps your 50–500', true],
    [{ min: 501, max: null }, '501+ employees: outside your 50–500', false],
    [{ min: 11, max: 49 }, '11–49 employees: outside your 50–500', false],
  ])('holds the size %j against 50–500', (employees, text, matched) => {
    const match = matchIcp(aCompany({ employees }), aCompiledIcp({ employees: { min: 50, max: 500 } }));
    expect(match.matched).toBe(matched);
    expect(match.reasons[0]?.text).toBe(text);
  });

  it('speaks of ranges open at one end', () => {
    const text = (min: number | null, max: number | null) =>
      matchIcp(aCompany(), aCompiledIcp({ employees: { min, max } })).reasons[0]?.text;
    expect(text(50, null)).toBe('51–200 employees: within your minimum of 50');
    expect(text(null, 1500)).toBe('51–200 employees: within your maximum of 1,500');
  });

  const companies = fc.record({
    industries: fc.subarray(['software', 'retail']),
    country: fc.option(fc.constantFrom('DE', 'FR')),
    employees: fc.option(
      fc.tuple(fc.nat(2000), fc.option(fc.nat(2000))).map(([min, more]) => ({
        min,
        max: more === null ? null : min + more,
      })),
    ),
    founded: fc.option(fc.integer({ min: 1900, max: 2025 })),
    description: fc.option(fc.constantFrom('analytics', 'shoes')),
    domain: fc.option(fc.constant('acme.example')),
  });

  it('keeps its shape, and a known match always outranks an unknown one', () => {
    fc.assert(
      fc.property(companies, (facts) => {
        const company = aCompany({ ...facts, industry: facts.industries[0] ?? null });
        const match = icpMatchSchema.parse(matchIcp(company, STRICT));
        expect(match.matched).toBe(match.reasons.every((r) => r.verdict !== 'miss'));
        if (!match.matched) return;
        for (const key of ['country', 'employees', 'founded', 'description'] as const) {
          if (company[key] === null) continue;
          expect(matchIcp({ ...company, [key]: null }, STRICT).pre_score).toBeLessThan(match.pre_score);
        }
      }),
    );
  });
});
