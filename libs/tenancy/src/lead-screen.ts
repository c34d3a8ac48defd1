import type { Lead } from '#libs/contracts';
import { companyNameSubject } from '#libs/domain';
import { mailboxSubjects, type SuppressionSubject } from '#libs/vendor-gate';
import type { SuppressionLists } from './suppression-lists.repository';

/** What of a lead says whom it is about. */
type ScreenedLead = Pick<Lead, 'company' | 'contacts'>;

/** Keeps those who are on the tenant's suppression list by now out of what leaves the system. */
export class LeadScreen {
  constructor(
    private readonly lists: Pick<SuppressionLists, 'find' | 'count'>,
    private readonly tenantId: string,
  ) {}

  /**
   * Each lead, in their order, without the contacts whose address or its domain is on the list; null where the company's own
   * domain or name is. Reads the list once for all of them.
   */
  async screen<L extends ScreenedLead>(leads: readonly L[]): Promise<(L | null)[]> {
    if ((await this.lists.count(this.tenantId)) === 0) return [...leads];
    const subjects = leads.flatMap((lead) => [
      ...companySubjects(lead),
      ...lead.contacts.flatMap(({ email }) => contactSubjects(email)),
    ]);
    const asked = [...new Map(subjects.map((subject) => [nameOf(subject), subject])).values()];
    const answers = await this.lists.find(this.tenantId, asked);
    const suppressed = new Set(asked.filter((_subject, i) => answers[i]?.isListed).map(nameOf));
    if (suppressed.size === 0) return [...leads];
    const isSuppressed = (subject: SuppressionSubject): boolean => suppressed.has(nameOf(subject));
    return leads.map((lead) => {
      if (companySubjects(lead).some(isSuppressed)) return null;
      const contacts = lead.contacts.filter(({ email }) => !contactSubjects(email).some(isSuppressed));
      return contacts.length === lead.contacts.length ? lead : { ...lead, contacts };
    });
  }
}

function companySubjects({ company: { domain, name } }: ScreenedLead): SuppressionSubject[] {
  return [
    ...(domain === null ? [] : [{ kind: 'domain' as const, value: domain }]),
    ...(name === null ? [] : [{ kind: 'company' as const, value: companyNameSubject(name) }]),
  ];
}

function contactSubjects(email: string | null): SuppressionSubject[] {
  return email === null ? [] : mailboxSubjects(email);
}

/** Of one subject always the same. */
function nameOf({ kind, value }: SuppressionSubject): string {
  return `${kind}:${value.trim().toLowerCase()}`;
}
