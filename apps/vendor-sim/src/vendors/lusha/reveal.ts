import { personLinkedin, personPhone } from '../../data/person-facts';
import { Seeded } from '../../data/seeded';
import type { SourcedPerson } from '../../data/source-of-data';
import type { Purchase } from '../simulated-vendor.port';
import { KNOWN } from './known-world';

/**
 * Credits of one address and of the numbers of one person. What a plan charges is told to its owner only; the documentation
 * says no more than that a number is dearer.
 */
const EMAIL_UNITS = 1;
const PHONE_UNITS = 5;

/** What is to be revealed of a person. */
export interface Wanted {
  emails: boolean;
  phones: boolean;
}

/** Neither named: both, and both are charged. */
export function wanted(emails: unknown, phones: unknown): Wanted {
  const asked = { emails: String(emails) === 'true', phones: String(phones) === 'true' };
  return asked.emails || asked.phones ? asked : { emails: true, phones: true };
}

/** Everything of the person that was asked for. */
export function revealed(person: SourcedPerson, { emails, phones }: Wanted): Record<string, unknown> {
  const { firstName, lastName, role, email } = person;
  const phone = personPhone(person);
  return {
    personId: KNOWN.idOf(person),
    firstName,
    lastName,
    fullName: `${firstName} ${lastName}`,
    emailAddresses: emails
      ? [{ email, emailType: 'work', emailConfidence: grade(email), updateDate: '2025-06-01' }]
      : [],
    phoneNumbers:
      phones && phone !== null
        ? [{ number: phone, phoneType: 'direct', doNotCall: false, updateDate: '2025-06-01' }]
        : [],
    jobTitle: { title: role.title, departments: [role.department], seniority: role.seniority },
    socialLinks: { linkedin: personLinkedin(person) },
    updateDate: '2025-06-01',
  };
}

/** What it costs: for what was found of what was asked for, again each time. */
export function reveal(person: SourcedPerson, { emails, phones }: Wanted): Purchase {
  const units = (emails ? EMAIL_UNITS : 0) + (phones && personPhone(person) !== null ? PHONE_UNITS : 0);
  return { input: { person: KNOWN.idOf(person), emails: String(emails), phones: String(phones) }, units };
}

/** A+ is the surest. */
function grade(email: string): string {
  return new Seeded(email).weighted('grade', { 'A+': 70, A: 20, B: 10 });
}
