import type { Vendor } from '../vendor.port';
import { enrichCompany } from './enrich-company';
import { findContacts } from './find-contacts';
import { findEmail } from './find-email';
import { lushaDescriptor } from './lusha.descriptor';

/** Firm data, people by title, and the address of a person. */
export const lushaVendor: Vendor = {
  descriptor: lushaDescriptor,
  calls: { enrich_company: enrichCompany, find_contacts: findContacts, find_email: findEmail },
};
