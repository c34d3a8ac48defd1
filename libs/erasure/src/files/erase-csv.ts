import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import type { Sought } from '../known-persons';

/** Columns of `leads.csv` that are about the one contact it names. */
const OF_CONTACT = new Set([
  'contact_name',
  'contact_title',
  'contact_email',
  'email_verdict',
  'email_source',
  'email_verified_by',
]);

/** The rows of a run's `leads.csv` without the subject: the contact's cells are empty, a row that is the company itself is left out. */
export async function* erasedCsv(file: Readable, sought: Sought): AsyncGenerator<string> {
  let header: readonly string[] | undefined;
  const rows = file.pipe(parse({ relax_column_count: true }));
  file.once('error', (error) => rows.destroy(error));
  try {
    for await (const row of rows as AsyncIterable<string[]>) {
      header ??= row;
      const cleaned = row === header ? row : erasedRow(row, header, sought);
      if (cleaned) yield stringify([cleaned], { record_delimiter: 'windows' });
    }
  } finally {
    file.destroy();
  }
}

function erasedRow(row: readonly string[], header: readonly string[], sought: Sought): string[] | null {
  const { finder, company, names } = sought;
  if (row.some((cell) => company?.finder.isIn(cell) === true)) return null;
  const cellOf = (column: string): string => row[header.indexOf(column)] ?? '';
  const name = cellOf('contact_name').toLowerCase();
  const isNamed =
    cellOf('contact_email') === '' && names.some(({ first, last }) => name === `${first} ${last}`);
  const isContact = isNamed || finder.isIn(cellOf('contact_email'));
  return row.map((cell, i) => (isContact && OF_CONTACT.has(header[i] ?? '') ? '' : finder.without(cell)));
}
