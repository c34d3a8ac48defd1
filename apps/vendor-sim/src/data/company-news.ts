import { companyStaff } from './company-staff';
import { Seeded } from './seeded';
import { brandName } from './simulated-domain';

/** One article about a company, in a newspaper that does not exist. */
export interface NewsItem {
  title: string;
  url: string;
  text: string;
  /** Day, ISO 8601. */
  date: string;
}

const HEADLINES: readonly ((brand: string, seeded: Seeded) => string)[] = [
  (brand, seeded) => `${brand} raises $${seeded.between('money', 2, 90)}M to grow its team`,
  (brand, seeded) => `${brand} appoints a new ${seeded.pick('role', ['CFO', 'CTO', 'head of sales'])}`,
  (brand, seeded) =>
    `${brand} opens new office in ${seeded.pick('city', ['Berlin', 'Austin', 'Lisbon', 'Toronto'])}`,
  (brand, seeded) =>
    `${brand} launches ${seeded.pick('what', ['a new platform', 'its next release', 'a partner programme'])}`,
  (brand) => `Five questions for ${brand}`,
  (brand) => `What customers say about ${brand}`,
];
const NEWSPAPERS: readonly string[] = ['news.example', 'business.example', 'daily.example'];
const ITEMS_MAX = 6;

/**
 * What was in the news about a company: nothing for one that nobody has heard of, whose people nobody has found either,
 * else up to six articles, the latest first.
 */
export function companyNews(domain: string): NewsItem[] {
  if (companyStaff(domain).length === 0) return [];
  const seeded = new Seeded(domain);
  const brand = brandName(domain);
  const slug = brand.toLowerCase().replaceAll(' ', '-');
  return HEADLINES.map((headline, i) => ({ headline, rank: seeded.fraction(`headline ${i}`) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, seeded.between('news', 1, ITEMS_MAX))
    .map(({ headline }, i) => {
      const title = headline(brand, seeded);
      return {
        title,
        url: `https://${seeded.pick(`paper ${i}`, NEWSPAPERS)}/${slug}-${seeded.between(`article ${i}`, 1_000, 9_999)}`,
        text: `${title}. More about ${brand} at ${domain}.`,
        date: dayOf(seeded.between(`day ${i}`, 0, 27) + 28 * i),
      };
    });
}

/** The world's news end on this day: the same question must get the same answer. */
const LAST_DAY = Date.parse('2025-06-01T00:00:00Z');

function dayOf(daysAgo: number): string {
  return new Date(LAST_DAY - daysAgo * 86_400_000).toISOString().slice(0, 10);
}
