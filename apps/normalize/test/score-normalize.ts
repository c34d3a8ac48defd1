import type { Company } from '#libs/contracts';
import {
  countryOfEntity,
  encodeDirty,
  generateDirtyCompanies,
  type DirtyLayout,
  type DirtyTruth,
} from '#libs/testing';
import { normalizeBytes, type NormalizedFiles } from './normalize-bytes';

/** Shares from 0 to 1. */
export interface Score {
  precision: number;
  recall: number;
  domain: number;
  country: number;
  employees: number;
  founded: number;
  /** Of the rows that must be rejected or kept, how many were. */
  verdict: number;
}

export interface Scored {
  score: Score;
  files: NormalizedFiles;
  /** The first few rows that came out otherwise than they should, for whoever must find out why. */
  wrong: string[];
}

const FACTS = ['domain', 'country', 'employees', 'founded'] as const;
const WRONG_MAX = 8;

/** Normalizes a generated file and compares every row's company with what the generator knows of it. */
export async function scoreNormalize(
  seed: number,
  rows: number,
  layout: Partial<DirtyLayout>,
): Promise<Scored> {
  const pieces: Buffer[] = [];
  const texts: string[] = [];
  const truths: DirtyTruth[] = [];
  for (const { text, row } of generateDirtyCompanies({ seed, rows, layout })) {
    pieces.push(encodeDirty(text, layout.encoding ?? 'utf-8', pieces.length === 0));
    if (row) {
      truths.push(row.truth);
      texts.push(text.trim());
    }
  }
  const files = await normalizeBytes(Buffer.concat(pieces));
  const companyOfRow = new Map(
    files.companies.flatMap((company) => company.source_rows.map((row) => [row, company])),
  );
  return { ...compare(seed, truths, texts, companyOfRow), files };
}

function compare(
  seed: number,
  truths: readonly DirtyTruth[],
  texts: readonly string[],
  companyOfRow: ReadonlyMap<number, Company>,
): { score: Score; wrong: string[] } {
  const wrong: string[] = [];
  const right = { domain: 0, country: 0, employees: 0, founded: 0, verdict: 0 };
  let judged = 0;
  truths.forEach((truth, i) => {
    const company = companyOfRow.get(i + 1);
    const note = (what: string): void => {
      if (wrong.length < WRONG_MAX)
        wrong.push(`row ${i + 1} ${what}: ${texts[i]} → ${JSON.stringify(company)}`);
    };
    if ((company === undefined) === (truth.entity === null)) right.verdict += 1;
    else note('kept or rejected wrongly');
    if (truth.entity === null || company === undefined) return;
    judged += 1;
    const told = toldTogether(truth.entity, company, truths);
    for (const fact of FACTS) {
      // A country may be told from the city or the domain where the row does not say it, if it is told correctly.
      const expected =
        fact === 'country'
          ? (told[fact] ?? (company[fact] && countryOfEntity(seed, truth.entity)))
          : told[fact];
      if (JSON.stringify(company[fact]) === JSON.stringify(expected)) right[fact] += 1;
      else note(`${fact} should be ${JSON.stringify(expected)}`);
    }
  });
  const facts = Object.fromEntries(FACTS.map((fact) => [fact, right[fact] / judged])) as Pick<
    Score,
    (typeof FACTS)[number]
  >;
  const score = { ...pairScore(truths, companyOfRow), ...facts, verdict: right.verdict / truths.length };
  return { score, wrong };
}

/** What the rows of a company that were merged tell together: they never contradict each other. */
function toldTogether(
  entity: number,
  { source_rows }: Company,
  truths: readonly DirtyTruth[],
): Record<(typeof FACTS)[number], unknown> {
  const told: Record<(typeof FACTS)[number], unknown> = {
    domain: null,
    country: null,
    employees: null,
    founded: null,
  };
  for (const row of source_rows) {
    const truth = truths[row - 1];
    if (truth?.entity !== entity) continue;
    for (const fact of FACTS) told[fact] ??= truth[fact];
  }
  return told;
}

/** Over pairs of rows: of those merged, how many are the same company; of those that are, how many were merged. */
function pairScore(
  truths: readonly DirtyTruth[],
  companyOfRow: ReadonlyMap<number, Company>,
): Pick<Score, 'precision' | 'recall'> {
  const byEntity = new Map<string, number>();
  const byCompany = new Map<string, number>();
  const byBoth = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string): unknown =>
    counts.set(key, (counts.get(key) ?? 0) + 1);
  truths.forEach((truth, i) => {
    if (truth.entity === null) return;
    const id = companyOfRow.get(i + 1)?.company_id ?? `none ${i}`;
    count(byEntity, String(truth.entity));
    count(byCompany, id);
    count(byBoth, `${truth.entity} ${id}`);
  });
  const pairs = (counts: Map<string, number>): number =>
    [...counts.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  return { precision: pairs(byBoth) / pairs(byCompany), recall: pairs(byBoth) / pairs(byEntity) };
}
