import { apify } from './apify/apify';
import { apollo } from './apollo/apollo';
import { hunter } from './hunter/hunter';
import { jina } from './jina/jina';
import { lusha } from './lusha/lusha';
import { openai } from './openai/openai';
import { tavily } from './tavily/tavily';
import { zerobounce } from './zerobounce/zerobounce';
import type { SimulatedVendor } from './simulated-vendor.port';

/**
 * Every simulated vendor: each folder here. Company websites stand beside, in `websites/`.
 * Written by scripts/generate-vendor-lists.mjs, and so by every build.
 */
export const SIMULATED_VENDORS: readonly SimulatedVendor[] = [
  apify,
  apollo,
  hunter,
  jina,
  lusha,
  openai,
  tavily,
  zerobounce,
];
