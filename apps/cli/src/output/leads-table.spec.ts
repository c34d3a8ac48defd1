import { stripVTControlCharacters } from 'node:util';
import type { Lead, LeadContact } from '#libs/contracts';
import { leadsTable } from './leads-table';

const contact = (changes: Partial<LeadContact>): LeadContact =>
  ({
    first_name: 'Ann',
    last_name: 'Lee',
    title: 'CTO',
    email: 'ann@example.com',
    verdict: null,
    ...changes,
  }) as LeadContact;

const lead = (changes: {
  name?: string | null;
  contacts?: LeadContact[];
  problems?: string[];
  employees?: Lead['company']['employees'];
  signals?: Lead['signals'];
}): Lead =>
  ({
    rank: 1,
    company: {
      company_id: 'c_abcdefghij234567',
      name: 'Example GmbH',
      domain: 'example.com',
      city: 'Berlin',
      country: 'DE',
      ...('name' in changes && { name: changes.name }),
    },
    score: { score: 81.5, bucket: 'A', rationale: 'Industry Software is on your list' },
    facts: { employees: changes.employees ?? null, country: 'DE' },
    signals: changes.signals ?? [],
    contacts: changes.contacts ?? [],
    problems: changes.problems ?? [],
  }) as unknown as Lead;

const show = (...leads: Lead[]): string => stripVTControlCharacters(leadsTable(leads));

describe('the table of leads', () => {
  it('says who, how good, why and whom to write to', () => {
    const table = show(lead({ contacts: [contact({ verdict: 'valid' })] }));
    for (const text of [
      'Example GmbH',
      'example.com',
      'Berlin, DE',
      'A 81.5',
      'Industry Software is on your list',
    ]) {
      expect(table).toContain(text);
    }
    expect(table).toContain('Ann Lee');
    expect(table).toContain('ann@example.com (valid)');
  });

  it('says how big the company is and what happened there lately', () => {
    const signals: Lead['signals'] = [
      { kind: 'funding', title: 'Example raises 3M', url: 'https://n.example', date: null },
    ];
    const table = show(lead({ employees: { min: 11, max: 50 }, signals }));
    expect(table).toContain('11–50 people');
    expect(table).toContain('News: Example raises 3M');
    expect(show(lead({ employees: { min: 501, max: null } }))).toContain('501+ people');
  });

  it('prefers a contact whose address is valid', () => {
    const contacts = [contact({ first_name: 'Bob', verdict: 'invalid' }), contact({ verdict: 'valid' })];
    expect(show(lead({ contacts }))).toContain('Ann Lee');
    expect(show(lead({ contacts }))).not.toContain('Bob');
  });

  it('says why there is no contact', () => {
    expect(show(lead({ problems: ['the website never answered'] }))).toContain('the website never answered');
    expect(show(lead({}))).toContain('none found');
  });

  it('names a company without a name by its domain', () => {
    expect(show(lead({ name: null }))).toMatch(/│ example\.com/);
  });

  it('keeps its width when a word is longer than its column', () => {
    const widths = show(lead({ name: 'x'.repeat(300) }), lead({}))
      .split('\n')
      .map((line) => line.length);
    expect(new Set(widths).size).toBe(1);
  });
});
