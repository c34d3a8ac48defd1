import type { DirtyCells } from './dirty-row';

export type DirtyField = keyof DirtyCells;

/** How a file is written: everything about it that is not a company. */
export interface DirtyLayout {
  format: 'csv' | 'jsonl';
  delimiter: ',' | ';' | '\t' | '|';
  lineEnd: '\n' | '\r\n' | '\r' | 'mixed';
  encoding: 'utf-8' | 'utf-8-bom' | 'windows-1252' | 'utf-16le' | 'utf-16be';
  /** Which set of column names. */
  headerStyle: number;
  /** Lines above the header. */
  preamble: readonly string[];
}

const HEADERS: readonly Record<DirtyField, string>[] = [
  {
    id: 'Record ID',
    name: 'Company',
    website: 'Homepage',
    country: 'Country',
    city: 'City',
    employees: 'Employees',
    categories: 'Categories',
    founded: 'Founded',
    owner: 'Owner',
    description: 'Description',
  },
  {
    id: 'id',
    name: 'company_name',
    website: 'homepage_url',
    country: 'country_code',
    city: 'city',
    employees: 'employee_count',
    categories: 'category_list',
    founded: 'founded_at',
    owner: 'record_owner',
    description: 'short_description',
  },
  {
    id: '#',
    name: 'Organization Name',
    website: 'Website',
    country: 'Headquarters Country',
    city: 'HQ City',
    employees: 'Number of Employees',
    categories: 'Industry',
    founded: 'Year Founded',
    owner: 'Account Owner',
    description: 'About',
  },
  {
    id: 'Nr',
    name: 'Firma',
    website: 'Webseite',
    country: 'Land',
    city: 'Ort',
    employees: 'Mitarbeiter',
    categories: 'Branche',
    founded: 'Gründungsjahr',
    owner: 'Betreuer',
    description: 'Beschreibung',
  },
  {
    id: 'ID',
    name: 'ACCOUNT NAME',
    website: 'COMPANY DOMAIN',
    country: 'BILLING COUNTRY',
    city: 'BILLING CITY',
    employees: 'COMPANY SIZE',
    categories: 'SECTOR',
    founded: 'FOUNDING YEAR',
    owner: 'OWNER',
    description: 'NOTES',
  },
];

export const HEADER_STYLES = HEADERS.length;

export function headerNames(style: number): Record<DirtyField, string> {
  const names = HEADERS[style % HEADERS.length];
  if (!names) throw new RangeError(`no header style ${style}`);
  return names;
}
