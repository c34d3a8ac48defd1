import { Seeded } from './seeded';
import type { StaffMember } from './company-staff';

/** The person's page in a business network: nobody's, since it ends in digits no real one has. */
export function personLinkedin({ firstName, lastName, email }: StaffMember): string {
  const digits = String(new Seeded(email).between('linkedin', 0, 9_999)).padStart(4, '0');
  return `https://www.linkedin.com/in/${firstName}-${lastName}-simulated-${digits}`.toLowerCase();
}

/** A number for fiction (555-01xx), or null: half of the people have none that anybody knows. */
export function personPhone({ email }: StaffMember): string | null {
  const seeded = new Seeded(email);
  if (seeded.chance('no direct phone', 0.5)) return null;
  return `+1 415 555-01${String(seeded.between('direct phone', 0, 99)).padStart(2, '0')}`;
}
