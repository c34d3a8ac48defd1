import { apifyVendor } from '../apify/apify.adapter';
import { apolloVendor } from '../apollo/apollo.adapter';
import { hunterVendor } from '../hunter/hunter.adapter';
import { jinaVendor } from '../jina/jina.adapter';
import { lushaVendor } from '../lusha/lusha.adapter';
import { openaiVendor } from '../openai/openai.adapter';
import { tavilyVendor } from '../tavily/tavily.adapter';
import type { Vendor } from '../vendor.port';
import { webVendor } from '../web/web.adapter';
import { zerobounceVendor } from '../zerobounce/zerobounce.adapter';

/** Every vendor there is: a new one is a folder and its line here. A test fails for a folder without a line. */
export const VENDORS: readonly Vendor[] = [
  webVendor,
  jinaVendor,
  openaiVendor,
  tavilyVendor,
  apifyVendor,
  apolloVendor,
  lushaVendor,
  hunterVendor,
  zerobounceVendor,
];
