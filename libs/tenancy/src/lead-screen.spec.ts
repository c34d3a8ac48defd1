import type { Company, LeadContact } from '#libs/contracts';
import { SuppressionNames, type SuppressionSubject } from '#libs/vendor-gate';
import { LeadScreen } from './lead-screen';
import { suppressionSubject, type SuppressionEntry } from './suppression-lists.repository';

const contact = (email: string | null): LeadContact => ({
  first_name: 'Ada',
  last_name: 'Canary',
  title: null,
  email,
  confidence: null,
  verdict: null,
  email_source: null,
  verified_by: null,
});

const lead = (name: string, domain: string | null, ...emails: (string | null)[]) => ({
  company: { name, domain } as Company,
  contacts: emails.map(contact),
});

function screenOf(entries: readonly SuppressionEntry[]): LeadScreen {
  const names = new SuppressionNames();
  const idOf = (subject: SuppressionSubject): string => names.nameOf('acme', subject);
  const ids = new Set(entries.map((entry) => idOf(suppressionSubject(entry, 'entry'))));
  return new LeadScreen(
    {
      count: () => Promise.resolve(ids.size),
      find: (_tenant, asked) => Promise.resolve(asked.map(idOf).map((id) => ({ id, isListed: ids.has(id) }))),
    },
    'acme',
  );
}

describe('what leaves the system', () => {
  it('is a lead without the contacts whose address, or whose address’s domain, is suppressed', async () => {
    const screen = screenOf([
      { kind: 'email', value: 'ADA@acme.com' },
      { kind: 'domain', value: 'holding.com' },
    ]);
    const [one, other] = await screen.screen([
      lead('Acme', 'acme.com', 'ada@acme.com', 'Ada@Acme.com', 'bob@acme.com', 'eve@holding.com', null),
      lead('Globex', 'globex.com', 'bob@globex.com'),
    ]);
    expect(one?.contacts.map(({ email }) => email)).toEqual(['bob@acme.com', null]);
    expect(other).toEqual(lead('Globex', 'globex.com', 'bob@globex.com'));
  });

  it('is no lead of a suppressed company', async () => {
    const screen = screenOf([
      { kind: 'domain', value: 'acme.com' },
      { kind: 'company', value: 'Globex Inc.' },
    ]);
    const leads = [lead('Acme', 'acme.com'), lead('GLOBEX', 'other.com'), lead('Acme Too', 'acme.org')];
    expect((await screen.screen(leads)).map((each) => each?.company.name ?? null)).toEqual([
      null,
      null,
      'Acme Too',
    ]);
  });

  it('is everything where nobody is suppressed', async () => {
    const leads = [lead('Acme', 'acme.com', 'ada@acme.com')];
    expect(await screenOf([]).screen(leads)).toEqual(leads);
  });
});
