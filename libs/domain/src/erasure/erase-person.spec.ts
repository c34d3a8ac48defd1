import fc from 'fast-check';
import { companyDocumentSchema, type Contact, type StepRecord, type WalkState } from '#libs/contracts';
import { aCompany, aContact, aFoundStep, aMatch, aWalkState, someWebsiteFacts } from '../../test/builders';
import { contactAddresses, contactsWithVerdicts, personsToFind } from '../walk/contact-addresses';
import { emailStep, findEmailStep } from '../walk/walk-steps';
import { erasePersons, isErasedPerson, namesOfSubject } from './erase-person';
import { subjectFinder } from './erasure-subject';

const finder = subjectFinder({ kind: 'email', value: 'ada@acme.com' });

/** A journal in which every named contact without an address was looked up, and every address verified. */
function walked(contacts: Contact[], addressOf: (n: number) => string | null): WalkState {
  const finds: StepRecord[] = personsToFind(contacts).flatMap((_person, i) => {
    const email = addressOf(i);
    return email === null
      ? []
      : [aFoundStep(findEmailStep(i + 1), 'find_email', { email, confidence: 80, title: null })];
  });
  const before = aWalkState({ steps: [aFoundStep('contacts', 'find_contacts', { contacts }), ...finds] });
  const addresses = contactAddresses(contactsWithVerdicts(before));
  const verified = addresses.map((email, i) =>
    aFoundStep(emailStep(i + 1), 'verify_email', { email, verdict: i % 2 === 0 ? 'valid' : 'invalid' }),
  );
  return { ...before, steps: [...before.steps, ...verified] };
}

describe('a company’s journal without a person', () => {
  it('has the others with their own addresses and verdicts, and nothing of the person', () => {
    const contacts = [
      aContact({ first_name: 'Ada', last_name: 'Canary', email: 'Ada@Acme.com' }),
      aContact({ first_name: 'Bob', last_name: 'Other', email: 'bob@acme.com' }),
      aContact({ first_name: 'Eve', last_name: 'Third', email: null }),
    ];
    const state = walked(contacts, () => 'eve@acme.com');
    state.steps.push(
      aFoundStep(
        'website',
        'crawl_website',
        someWebsiteFacts({ emails: ['ada@acme.com', 'info@acme.com'], excerpt: 'Ask ada@acme.com.' }),
      ),
    );
    const left = erasePersons(state, { finder, names: namesOfSubject(state, finder) });
    expect(JSON.stringify(left)).not.toMatch(/ada@|canary/i);
    expect(contactsWithVerdicts(left).map(({ email, verdict }) => [email, verdict])).toEqual([
      ['bob@acme.com', 'invalid'],
      ['eve@acme.com', 'valid'],
    ]);
    expect(JSON.stringify(left)).toContain('info@acme.com');
  });

  it('is, for everybody else, what it was, however contacts, lookups and verdicts are mixed', () => {
    const name = fc.constantFrom('Ada', 'Bob', 'Eve', 'Joe', 'Kim');
    const email = fc.constantFrom('ada@acme.com', 'bob@acme.com', 'eve@acme.com', 'joe@acme.com', null);
    const anyContact = fc.record({ first_name: name, last_name: fc.constant('X'), email });
    fc.assert(
      fc.property(
        fc.array(anyContact, { maxLength: 8 }),
        fc.array(email, { maxLength: 8 }),
        (given, found) => {
          const state = walked(
            given.map((contact) => aContact(contact)),
            (n) => found[n] ?? null,
          );
          const persons = { finder, names: namesOfSubject(state, finder) };
          const left = erasePersons(state, persons);
          expect(contactsWithVerdicts(left)).toEqual(
            contactsWithVerdicts(state).filter((contact) => !isErasedPerson(contact, persons)),
          );
          expect(JSON.stringify(left)).not.toContain('ada@acme.com');
          const document = { ...left, state: 'done', position: 1, score: null, failure: null };
          expect(companyDocumentSchema.safeParse(document).success).toBe(true);
          expect(erasePersons(left, persons)).toEqual(left);
        },
      ),
    );
  });

  it('is the journal itself where the person is not in it', () => {
    const state = walked([aContact({ email: 'bob@acme.com' })], () => null);
    expect(erasePersons(state, { finder, names: [] })).toEqual(state);
    const company = aCompany({ description: 'Write to ADA@acme.com!' });
    const left = erasePersons(aWalkState({ company, match: aMatch() }), { finder, names: [] });
    expect(left.company.description).toBe('Write to [erased]!');
  });
});
