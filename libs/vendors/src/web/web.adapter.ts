import type { Vendor } from '../vendor.port';
import { crawlWebsite } from './crawl-website';
import { webDescriptor } from './web.descriptor';

/** The company's own website, read by our own crawler. */
export const webVendor: Vendor = { descriptor: webDescriptor, calls: { crawl_website: crawlWebsite() } };
