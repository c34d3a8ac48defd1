import { aCompany, aSignal, aWalkedState } from '../../test/builders';
import { aCompiledIcp } from '../../test/icp-builder';
import { createKeywordMatcher } from '../icp/keyword-matcher';
import { matchIcp } from '../match';
import { scoreLead } from '../score';
import { LEAD_CSV_COLUMNS, leadToCsvRow } from './lead-csv-columns';
import { toLead } from './to-lead';

const ICP = aCompiledIcp({ keywords: createKeywordMatcher(['analytics']), titles: ['CEO'] });

function row(
  overrides: Parameters<typeof aCompany>[0] = {},
  walked: Parameters<typeof aWalkedState>[0] = {},
) {
  const company = aCompany(overrides);
  const state = aWalkedState({ company, match: matchIcp(company, ICP), ...walked });
  const document = {
    ...state,
    state: 'done' as const,
    position: 1,
    score: scoreLead(state, ICP),
    failure: null,
  };
  const cells = leadToCsvRow({ rank: 1, ...toLead(document, { icp: ICP, simulated: true }) });
  return Object.fromEntries(LEAD_CSV_COLUMNS.map(({ name }, i) => [name, cells[i]]));
}

describe('leads.csv', () => {
  it('keeps its columns, in the order people’s spreadsheets rely on', () => {
    expect(LEAD_CSV_COLUMNS.map(({ name }) => name).join(',')).toBe(
      'rank,name,domain,score,bucket,contact_name,contact_title,contact_email,email_verdict,contacts_count,' +
        'country,region,city,industry,industries,employees_min,employees_max,founded,rationale,match_reasons,' +
        'confidence,pre_score,website_url,website_title,social,status,problems,cost_usd,vendors,simulated,' +
        'company_id,source_rows,summary,products,sells_to,signals,revenue_usd,linkedin,email_source,' +
        'email_verified_by,fact_sources',
    );
  });

  it('tells a lead on one row', () => {
    expect(row({ industries: ['retail', 'software'], source_rows: [3, 9] })).toMatchObject({
      rank: 1,
      name: 'Acme',
      domain: 'acme.example',
      bucket: 'A',
      contact_name: 'Ada Byron',
      contact_title: 'CEO',
      contact_email: 'ada@acme.example',
      email_verdict: 'valid',
      contacts_count: 1,
      industries: 'retail; software',
      employees_min: 51,
      employees_max: 200,
      founded: 2010,
      match_reasons: 'Mentions “analytics”',
      website_title: 'Acme',
      status: 'complete',
      problems: '',
      cost_usd: 0.003,
      simulated: 'true',
      source_rows: '3; 9',
    });
  });

  it('leaves unknown facts empty', () => {
    expect(row({ name: null, employees: null, founded: null, industry: null, industries: [] })).toMatchObject(
      {
        name: null,
        employees_min: null,
        employees_max: null,
        founded: null,
        industry: null,
        industries: '',
      },
    );
    expect(row({ employees: { min: 10_001, max: null } })).toMatchObject({
      employees_min: 10_001,
      employees_max: null,
    });
  });

  it('tells what vendors know: gaps filled, what it does, its news, and who said so', () => {
    const signals = ['funding', 'news', 'hiring', 'product'].map((kind, i) =>
      aSignal({ kind: kind as 'news', title: `News ${i}`, url: `https://n.example/${i}` }),
    );
    expect(
      row({ employees: null, country: null }, { firmographics: {}, profile: {}, signals }),
    ).toMatchObject({
      country: 'DE',
      employees_min: 120,
      employees_max: 120,
      summary: 'Acme makes analytics for warehouses.',
      products: 'Warehouse analytics',
      sells_to: 'businesses',
      signals: 'News 0 (https://n.example/0); News 2 (https://n.example/2); News 3 (https://n.example/3)',
      revenue_usd: 12_000_000,
      linkedin: 'https://linkedin.example/company/acme',
      email_source: 'find_contacts-vendor',
      email_verified_by: 'verify_email-vendor',
      fact_sources:
        'employees: enrich_company-vendor; industry: input; founded: input; country: enrich_company-vendor; ' +
        'revenue_usd: enrich_company-vendor; linkedin: enrich_company-vendor; website: crawl_website-vendor; ' +
        'summary: read_profile-vendor; contacts: find_contacts-vendor; signals: find_signals-vendor',
    });
  });
});
