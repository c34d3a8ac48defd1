import { apifyVendor } from '../apify/apify.adapter';
import { apolloVendor } from '../apollo/apollo.adapter';
import { hunterVendor } from '../hunter/hunter.adapter';
import { jinaVendor } from '../jina/jina.adapter';
import { lushaVendor } from '../lusha/lusha.adapter';
import { openaiVendor } from '../openai/openai.adapter';
import { tavilyVendor } from '../tavily/tavily.adapter';
import { webVendor } from '../web/web.adapter';
import { zerobounceVendor } from '../zerobounce/zerobounce.adapter';
import type { Vendor } from '../vendor.port';

/**
 * Every vendor there is: each folder with an adapter.
 * Written by scripts/generate-vendor-lists.mjs, and so by every build.
 */
export const VENDORS: readonly Vendor[] = [
  apifyVendor,
  apolloVendor,
  hunterVendor,
  jinaVendor,
  lushaVendor,
  openaiVendor,
  tavilyVendor,
  webVendor,
  zerobounceVendor,
];
