import type { Vendor } from '../vendor.port';
import { enrichCompany } from './enrich-company';
import { findEmail } from './find-email';
import { lushaDescriptor } from './lusha.descriptor';

/** Firm data, and the address of a person. */
export const lushaVendor: Vendor = {
  descriptor: lushaDescriptor,
  calls: { enrich_company: enrichCompany, find_email: findEmail },
};
