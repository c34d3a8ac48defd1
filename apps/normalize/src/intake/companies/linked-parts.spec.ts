import type { CompanyFacts } from '#libs/domain';
import { linkedParts } from './linked-parts';

const row = (
  name: string | null,
  domain: string | null,
  social: string | null = null,
): { facts: CompanyFacts } => ({
  facts: {
    name,
    domain,
    social,
    country: null,
    region: null,
    city: null,
    industry: null,
    industries: [],
    employees: null,
    founded: null,
    description: null,
  },
});

describe('rows that only a hash brought together', () => {
  it('part again by their true keys', () => {
    const acme = [row('Acme', 'acme.com'), row('Acme Tools', 'acme.com'), row('ACME Tools Inc.', null)];
    const beta = [
      row('Beta', 'beta.io'),
      row(null, 'beta.io', 'https://x.com/beta'),
      row('B', null, 'https://x.com/beta'),
    ];
    const mixed = [acme, beta]
      .flatMap(([a, b, c]) => [a, b, c])
      .toSorted((x, y) => JSON.stringify(x).localeCompare(JSON.stringify(y)));
    const parts = linkedParts(mixed.flatMap((each) => (each ? [each] : [])));
    expect(parts.map((part) => new Set(part))).toEqual(
      expect.arrayContaining([new Set(acme), new Set(beta)]),
    );
    expect(parts).toHaveLength(2);
  });

  it('stay together if a chain of keys holds them', () => {
    const chain = Array.from({ length: 500 }, (_, i) =>
      row(`n${Math.floor(i / 2)}`, `d${Math.ceil(i / 2)}.com`),
    );
    expect(linkedParts(chain)).toHaveLength(1);
  });
});
