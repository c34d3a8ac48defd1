import { mailAddress, type MailPattern } from './mail-address';
import { FAMILY_NAMES, GIVEN_NAMES } from './person-names';
import { Seeded } from './seeded';

export interface StaffMember {
  firstName: string;
  lastName: string;
  role: Role;
  email: string;
}

interface Role {
  title: string;
  department: string;
  seniority: 'executive' | 'senior' | 'junior';
}

/** Who could run a company; it has exactly one of these. */
const HEADS: readonly Role[] = [
  { title: 'Chief Executive Officer', department: 'executive', seniority: 'executive' },
  { title: 'CEO', department: 'executive', seniority: 'executive' },
  { title: 'Founder & CEO', department: 'executive', seniority: 'executive' },
  { title: 'Co-Founder & CEO', department: 'executive', seniority: 'executive' },
  { title: 'Managing Director', department: 'executive', seniority: 'executive' },
];

/** The rest of the house, each held once; every inner list is one job under several titles. */
const OTHERS: readonly (readonly Role[])[] = [
  [
    { title: 'CTO', department: 'it', seniority: 'executive' },
    { title: 'Chief Technology Officer', department: 'it', seniority: 'executive' },
    { title: 'Co-Founder & CTO', department: 'it', seniority: 'executive' },
    { title: 'VP Engineering', department: 'it', seniority: 'executive' },
  ],
  [
    { title: 'Head of Sales', department: 'sales', seniority: 'senior' },
    { title: 'VP Sales', department: 'sales', seniority: 'executive' },
    { title: 'Sales Director', department: 'sales', seniority: 'senior' },
    { title: 'Chief Revenue Officer', department: 'sales', seniority: 'executive' },
  ],
  [
    { title: 'Head of Marketing', department: 'marketing', seniority: 'senior' },
    { title: 'VP Marketing', department: 'marketing', seniority: 'executive' },
    { title: 'Chief Marketing Officer', department: 'marketing', seniority: 'executive' },
    { title: 'Marketing Manager', department: 'marketing', seniority: 'junior' },
  ],
  [
    { title: 'CFO', department: 'finance', seniority: 'executive' },
    { title: 'Head of Finance', department: 'finance', seniority: 'senior' },
  ],
  [
    { title: 'COO', department: 'operations', seniority: 'executive' },
    { title: 'Head of Operations', department: 'operations', seniority: 'senior' },
  ],
  [
    { title: 'Head of Product', department: 'management', seniority: 'senior' },
    { title: 'Product Manager', department: 'management', seniority: 'junior' },
  ],
  [{ title: 'Account Executive', department: 'sales', seniority: 'junior' }],
  [{ title: 'Customer Success Manager', department: 'support', seniority: 'junior' }],
  [
    { title: 'Head of People', department: 'hr', seniority: 'senior' },
    { title: 'HR Manager', department: 'hr', seniority: 'junior' },
  ],
  [{ title: 'Senior Software Engineer', department: 'it', seniority: 'senior' }],
];

export function mailPattern(domain: string): MailPattern {
  return new Seeded(domain).weighted('mail pattern', {
    '{first}.{last}': 55,
    '{first}': 30,
    '{f}{last}': 15,
  });
}

const STAFF_MAX = 8;
/** The share of companies whose people do not stand on the open web. */
const NOT_ON_THE_WEB_SHARE = 0.15;
/** Of these, the share that no vendor has found anywhere else. */
const KNOWN_NOWHERE_SHARE = 0.4;

/** Whether anybody knows anything of a company beyond its website. */
export function isKnownAnywhere(domain: string): boolean {
  return isOnTheWeb(domain) || !new Seeded(domain).chance('nobody anywhere', KNOWN_NOWHERE_SHARE);
}

/** The people of a company that stand on the open web: none for one company in seven, else all of them. */
export function companyStaff(domain: string): StaffMember[] {
  return isOnTheWeb(domain) ? everybodyAt(domain) : [];
}

/** The people of a company that anybody knows of: the head and some others, in order of rank. */
export function companyPeople(domain: string): StaffMember[] {
  return isKnownAnywhere(domain) ? everybodyAt(domain) : [];
}

function isOnTheWeb(domain: string): boolean {
  return !new Seeded(domain).chance('nobody known', NOT_ON_THE_WEB_SHARE);
}

function everybodyAt(domain: string): StaffMember[] {
  const seeded = new Seeded(domain);
  const others = OTHERS.map((role, i) => ({ role, rank: seeded.fraction(`role ${i}`) + i * 0.08 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ role }, i) => seeded.pick(`title ${i}`, role));
  const roles = [seeded.pick('head', HEADS), ...others].slice(0, seeded.between('staff', 1, STAFF_MAX));
  const pattern = mailPattern(domain);
  const taken = new Set<string>();
  return roles.flatMap((role, i) => {
    const firstName = seeded.pick(`given name ${i}`, GIVEN_NAMES);
    const lastName = seeded.pick(`family name ${i}`, FAMILY_NAMES);
    const email = mailAddress(pattern, firstName, lastName, domain);
    if (email === null || taken.has(email)) return [];
    taken.add(email);
    return [{ firstName, lastName, role, email }];
  });
}
