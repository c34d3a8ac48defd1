import { companyFacts, type CompanyFacts } from './company-facts';
import { companyPeople, type StaffMember } from './company-staff';
import { Seeded } from './seeded';

/** A person with a place in their source, by which they are found again after a restart: nothing is remembered. */
export interface SourcedPerson extends StaffMember {
  domain: string;
  /** Which of the company's people. */
  place: number;
}

/** Shares of what there is to know, 0 to 1. */
interface Shares {
  companies: number;
  /** Of the people of a company it knows. */
  people: number;
}

/**
 * What one vendor of data knows: of all that the world does, a share that is always the same. Two vendors that know a
 * person know the same person with the same address.
 */
export class SourceOfData {
  /** `name` makes its share another one than every other source's. */
  constructor(
    private readonly name: string,
    private readonly shares: Shares,
  ) {}

  company(domain: string): CompanyFacts | null {
    return this.knows(domain) ? companyFacts(domain) : null;
  }

  people(domain: string): SourcedPerson[] {
    if (!this.knows(domain)) return [];
    return companyPeople(domain)
      .map((member, place) => ({ ...member, domain, place }))
      .filter(({ email }) => new Seeded(email).chance(`covered by ${this.name}`, this.shares.people));
  }

  /** A person of a company by name, however it is written. */
  personNamed(domain: string, firstName: string, lastName: string): SourcedPerson | null {
    const wanted = `${firstName} ${lastName}`.trim().toLowerCase();
    const named = (person: StaffMember): string => `${person.firstName} ${person.lastName}`.toLowerCase();
    return this.people(domain).find((person) => named(person) === wanted) ?? null;
  }

  personByEmail(email: string): SourcedPerson | null {
    const address = email.toLowerCase();
    const domain = address.slice(address.indexOf('@') + 1).replace(/\.invalid$/, '');
    return this.people(domain).find((person) => person.email === address) ?? null;
  }

  /** What to ask for a person by later. */
  idOf({ domain, place }: SourcedPerson): string {
    return Buffer.from(`${place}/${domain}`).toString('hex');
  }

  /** Null for an id that was never given. */
  personById(id: string): SourcedPerson | null {
    const [place = '', domain = ''] = Buffer.from(id, 'hex').toString('utf8').split('/');
    return this.people(domain).find((person) => String(person.place) === place) ?? null;
  }

  private knows(domain: string): boolean {
    return new Seeded(domain).chance(`covered by ${this.name}`, this.shares.companies);
  }
}
