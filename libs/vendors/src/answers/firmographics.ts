import type { Firmographics } from '#libs/contracts';
import { normalizeCountry } from '#libs/domain';
import { plainText } from '../http/plain-text';

type Text = string | null | undefined;

/** Firm data as vendors send it: unchecked, any of it missing. */
export interface RawFirm {
  name?: Text;
  /** An exact number is `min = max`. */
  employees?: { min?: number | null | undefined; max?: number | null | undefined } | null | undefined;
  industry?: Text;
  /** A year, or a date that names one. */
  founded?: number | Text;
  /** A name or a code. */
  country?: Text;
  city?: Text;
  description?: Text;
  linkedin?: Text;
  revenueUsd?: number | null | undefined;
  technologies?: readonly Text[] | null | undefined;
}

const YEAR = /\b(1\d{3}|20\d{2})\b/;
const TECHNOLOGIES_MAX = 20;
const URL_LENGTH_MAX = 300;

/** What a vendor of firm data knows, cleaned: what cannot be read is null, never a guess. */
export function toFirmographics(raw: RawFirm): Firmographics {
  return {
    name: plainText(raw.name, 200),
    employees: toRange(raw.employees),
    industry: plainText(raw.industry, 120),
    founded: toYear(raw.founded),
    country: normalizeCountry(raw.country ?? ''),
    city: plainText(raw.city, 120),
    description: plainText(raw.description, 400),
    linkedin: toLinkedinUrl(raw.linkedin),
    revenue_usd: toCount(raw.revenueUsd),
    technologies: toTechnologies(raw.technologies ?? []),
  };
}

/** Whether there is anything in it worth having: a name alone was known before. */
export function saysSomething({ name: _, technologies, ...facts }: Firmographics): boolean {
  return technologies.length > 0 || Object.values(facts).some((fact) => fact !== null);
}

function toCount(value: number | null | undefined): number | null {
  const count = Math.round(value ?? NaN);
  return Number.isSafeInteger(count) && count >= 0 ? count : null;
}

function toRange(range: RawFirm['employees']): Firmographics['employees'] {
  const [min, max] = [toCount(range?.min), toCount(range?.max)];
  // Nobody works at no company: 0 stands for "unknown".
  if (max === 0 || (min === null && max === null)) return null;
  if (min === 0 && max === null) return null;
  if (min !== null && max !== null && min > max) return null;
  return { min: min ?? 0, max };
}

function toYear(founded: number | Text): number | null {
  const [year] = YEAR.exec(String(founded ?? '').slice(0, 40)) ?? [];
  return year === undefined ? null : Number(year);
}

function toLinkedinUrl(text: Text): string | null {
  const line = plainText(text, URL_LENGTH_MAX) ?? '';
  const address = /^https?:\/\//i.test(line) ? line : `https://${line}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  const isOwn = url !== null && /(^|\.)linkedin\.com$/.test(url.hostname) && url.username === '';
  return isOwn && url.pathname !== '/' && url.href.length <= URL_LENGTH_MAX ? url.href : null;
}

function toTechnologies(names: readonly Text[]): string[] {
  const cleaned = names
    .slice(0, TECHNOLOGIES_MAX * 5)
    .map((name) => plainText(name, 60))
    .filter((name) => name !== null);
  return [...new Set(cleaned)].slice(0, TECHNOLOGIES_MAX);
}
