import type { Vendor } from '../vendor.port';
import { findContacts } from './find-contacts';
import { findEmail } from './find-email';
import { hunterDescriptor } from './hunter.descriptor';
import { verifyEmail } from './verify-email';

/** Contacts of a domain, the address of a person, and whether an address accepts mail. */
export const hunterVendor: Vendor = {
  descriptor: hunterDescriptor,
  calls: { find_contacts: findContacts, find_email: findEmail, verify_email: verifyEmail },
};
