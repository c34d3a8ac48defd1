/** Where a company is, as far as is known. */
export interface Place {
  city: string | null;
  /** ISO 3166-2 where known, else the name as given. */
  region: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
}

/** Nothing is known. */
export const NOWHERE: Place = { city: null, region: null, country: null };

/** Longer texts are no place; what names one is at the end of an address, which is never as long. */
export const PLACE_LENGTH_MAX = 400;
