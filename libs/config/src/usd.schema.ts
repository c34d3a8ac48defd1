import { z } from 'zod';
import { MICRO_PER_USD } from '#libs/kernel';

/** An amount as people write it, in USD; parsed to micro-units. */
export const usdSchema = z
  .number()
  .min(0)
  .max(1_000_000)
  .transform((usd) => Math.round(usd * MICRO_PER_USD));
