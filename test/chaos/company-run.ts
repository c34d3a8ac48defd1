import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainCompaniesCsv, runFiles, runLeadgen, type TestCell } from '#libs/testing';

export const COMPANIES = 200;

/** What a user finds when a run has ended. */
export interface Finished {
  last: Record<string, unknown>;
  companies: string[];
  ledger: { duplicates: number };
}

/** Runs 200 companies in the cell and answers what a user finds. */
export async function runCompanies(cell: TestCell, csv = plainCompaniesCsv(COMPANIES)): Promise<Finished> {
  const file = join(cell.dataDir, 'companies.csv');
  await writeFile(file, csv);
  const result = await runLeadgen(
    ['run', '--tenant-id', 'acme', '--companies', file, '--icp-payload', '{}', '--limit', '5000'],
    cell.env,
    200_000,
  );
  const last = result.last();
  expect({ exit: [0, 6].includes(result.exitCode), last }).toMatchObject({ exit: true });
  const leads = await runFiles.csv(String(last.run_dir));
  return {
    last,
    companies: leads.map(({ company_id: id = '' }) => id),
    ledger: (await cell.control('GET', 'ledger')) as Finished['ledger'],
  };
}

/** The promise: the run ends, every company stands in the CSV exactly once, and nothing was bought twice. */
export function expectEveryCompanyOnce({ companies, ledger, last }: Finished, count = COMPANIES): void {
  expect(companies.length).toBe(count);
  expect(new Set(companies).size).toBe(count);
  expect(last.input).toEqual({ rows: count, kept: count, merged: 0, rejected: 0 });
  expect(ledger.duplicates).toBe(0);
}
