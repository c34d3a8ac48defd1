import { apify } from './apify/apify';
import { apollo } from './apollo/apollo';
import { hunter } from './hunter/hunter';
import { jina } from './jina/jina';
import { lusha } from './lusha/lusha';
import { openai } from './openai/openai';
import type { SimulatedVendor } from './simulated-vendor.port';
import { tavily } from './tavily/tavily';
import { zerobounce } from './zerobounce/zerobounce';

/** Every simulated vendor: a new one is a folder and a line here. Company websites stand beside, in `websites/`. */
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
