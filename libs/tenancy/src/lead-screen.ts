import type { Lead } from '#libs/contracts';
import { companyNameSubject } from '#libs/domain';
import { suppressionKey } from '#libs/vendor-gate';
import type { SuppressionLists } from './suppression-lists.repository';

/** What of a lead says whom it is about. */
type ScreenedLead = Pick<Lead, 'company' | 'contacts'>;

/** Keeps those who are on the tenant's suppression list by now out of what leaves the system. */
export class LeadScreen {
  constructor(
    private readonly lists: Pick<SuppressionLists, 'has' | 'count'>,
    private readonly tenantId: string,
  ) {}

  /**
   * Each lead, in their order, without the contacts whose address or its domain is on the list; null where the company's own
   * domain or name is. Reads the list once for all of them.
   */
  async screen<L extends ScreenedLead>(leads: readonly L[]): Promise<(L | null)[]> {
    if ((await this.lists.count(this.tenantId)) === 0) return [...leads];
    const asked = new Set(leads.flatMap((lead) => [...this.companyIds(lead), ...this.allContactIds(lead)]));
    const ids = [...asked];
    const answers = await this.lists.has(this.tenantId, ids);
    const suppressed = new Set(ids.filter((_id, i) => answers[i]));
    if (suppressed.size === 0) return [...leads];
    const isSuppressed = (id: string): boolean => suppressed.has(id);
    return leads.map((lead) => {
      if (this.companyIds(lead).some(isSuppressed)) return null;
      const contacts = lead.contacts.filter(({ email }) => !this.contactIds(email).some(isSuppressed));
      return contacts.length === lead.contacts.length ? lead : { ...lead, contacts };
    });
  }

  private companyIds({ company: { domain, name } }: ScreenedLead): string[] {
    return [
      ...(domain === null ? [] : [suppressionKey(this.tenantId, 'domain', domain)]),
      ...(name === null ? [] : [suppressionKey(this.tenantId, 'company', companyNameSubject(name))]),
    ];
  }

  private allContactIds({ contacts }: ScreenedLead): string[] {
    return contacts.flatMap(({ email }) => this.contactIds(email));
  }

  private contactIds(email: string | null): string[] {
    if (email === null) return [];
    const domain = email.slice(email.lastIndexOf('@') + 1);
    return [suppressionKey(this.tenantId, 'email', email), suppressionKey(this.tenantId, 'domain', domain)];
  }
}
