import type { Vendor } from '../vendor.port';
import { apolloDescriptor } from './apollo.descriptor';
import { enrichCompany } from './enrich-company';
import { findContacts } from './find-contacts';
import { findEmail } from './find-email';

/** Firm data, people by title, and the address of a person. */
export const apolloVendor: Vendor = {
  descriptor: apolloDescriptor,
  calls: { enrich_company: enrichCompany, find_contacts: findContacts, find_email: findEmail },
};
