import { FAMILY_NAMES, GIVEN_NAMES } from './person-names';
import { Seeded } from './seeded';
import { mailDomain } from './simulated-domain';

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

/** How a company writes its addresses, by the vendor's names for the patterns. */
const MAIL_PATTERNS = {
  '{first}.{last}': (first: string, last: string) => `${first}.${last}`,
  '{first}': (first: string) => first,
  '{f}{last}': (first: string, last: string) => `${first.charAt(0)}${last}`,
} as const;
export type MailPattern = keyof typeof MAIL_PATTERNS;

export function mailPattern(domain: string): MailPattern {
  return new Seeded(domain).weighted('mail pattern', {
    '{first}.{last}': 55,
    '{first}': 30,
    '{f}{last}': 15,
  });
}

const STAFF_MAX = 8;
/** The share of companies whose people nobody has found. */
const UNKNOWN_SHARE = 0.15;

/** The people of a company that the world knows of: none for one company in seven, else the head and some others. */
export function companyStaff(domain: string): StaffMember[] {
  const seeded = new Seeded(domain);
  if (seeded.chance('nobody known', UNKNOWN_SHARE)) return [];
  const others = OTHERS.map((role, i) => ({ role, rank: seeded.fraction(`role ${i}`) + i * 0.08 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ role }, i) => seeded.pick(`title ${i}`, role));
  const roles = [seeded.pick('head', HEADS), ...others].slice(0, seeded.between('staff', 1, STAFF_MAX));
  const pattern = MAIL_PATTERNS[mailPattern(domain)];
  const taken = new Set<string>();
  return roles.flatMap((role, i) => {
    const firstName = seeded.pick(`given name ${i}`, GIVEN_NAMES);
    const lastName = seeded.pick(`family name ${i}`, FAMILY_NAMES);
    const email = `${pattern(firstName, lastName).toLowerCase()}@${mailDomain(domain)}`;
    if (taken.has(email)) return [];
    taken.add(email);
    return [{ firstName, lastName, role, email }];
  });
}
