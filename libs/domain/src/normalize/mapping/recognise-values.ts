import type { CompanyField } from '#libs/contracts';
import type { ColumnLook } from './column-look';

/** A field that the values of a column look like. */
export interface RecognisedField {
  field: CompanyField;
  readable: number;
  what: string;
}

/**
 * Fields that the values look like, best first. Web addresses are known under any name; what other things could look like,
 * too (years, countries, names), only under a name that says nothing (`Field7`). `hasUsualName`: the name means something
 * else already, so that only what cannot be mistaken counts.
 */
export function fieldsByValues(
  look: ColumnLook,
  isMeaningless: boolean,
  hasUsualName: boolean,
): RecognisedField[] {
  const sites = look.ownSites / look.filled;
  const isOneSite = look.ownSites >= 3 && look.sameSite / look.ownSites > 0.4;
  if (sites >= 0.6 && look.ownSites > look.pages && !isOneSite) {
    return [{ field: 'domain', readable: look.ownSites, what: "web addresses of companies' own" }];
  }
  if (hasUsualName) return [];
  if (look.ranges / look.filled >= 0.7 && look.locations === 0) {
    return [{ field: 'employees', readable: look.ranges, what: 'ranges such as 51-200' }];
  }
  return isMeaningless ? underMeaninglessName(look) : [];
}

function underMeaninglessName(look: ColumnLook): RecognisedField[] {
  const share = (count: number) => count / look.filled;
  if (share(look.pages) >= 0.6)
    return [{ field: 'social', readable: look.pages, what: 'pages on platforms' }];
  if (share(look.companyMails) >= 0.5) {
    return [{ field: 'domain', readable: look.companyMails, what: "e-mail addresses at companies' domains" }];
  }
  if (share(look.years) >= 0.9) return [{ field: 'founded', readable: look.years, what: 'years' }];
  if (share(look.countries) >= 0.8 && look.stateLike < look.countries * 0.9) {
    return [{ field: 'country', readable: look.countries, what: 'countries' }];
  }
  if (share(look.locations) >= 0.6)
    return [{ field: 'location', readable: look.locations, what: 'places with their country' }];
  if (share(look.regions) >= 0.8)
    return [{ field: 'region', readable: look.regions, what: 'regions of countries' }];
  if (share(look.industries) >= 0.7)
    return [{ field: 'industry', readable: look.industries, what: 'industries' }];
  if (share(look.sentences) >= 0.5)
    return [{ field: 'description', readable: look.sentences, what: 'sentences' }];
  const isNameLike =
    share(look.shortTexts) >= 0.8 && look.numbers === 0 && look.distinct / look.filled >= 0.5;
  return isNameLike
    ? [{ field: 'name', readable: look.shortTexts, what: 'short texts that hardly repeat' }]
    : [];
}
