import type { Readable, Writable } from 'node:stream';
import {
  appError,
  type ColumnMapping,
  type Company,
  type DatasetMapping,
  type InputTotals,
} from '#libs/contracts';
import { chooseMapping, createRowNormalizer, isUsableMapping } from '#libs/domain';
import { LineWriter } from './companies/line-writer';
import { mergedCompanies } from './companies/merged-companies';
import { RowStore } from './companies/row-store';
import { CompanyIndex } from './dedupe/company-index';
import type { InputTable } from './input-table';
import { openTable } from './open-table';
import { openInputText } from './text/input-text';
import { WorkPacer } from './work-pacer';

export interface NormalizeOptions {
  /** The input's bytes from the start; called once per pass. */
  open: () => Promise<Readable>;
  /** The input as its owner knows it, for messages. */
  fileName: string;
  /** An existing local directory; what is put there is gone at the end, also after an error. */
  scratchDir: string;
  /** Take a line per kept company and per reject. They are not ended. */
  normalized: Writable;
  rejects: Writable;
  /** Called once per kept company, in the order of `normalized`. */
  onCompany: (company: Company) => void;
  signal: AbortSignal;
}

export interface NormalizedDataset {
  mapping: DatasetMapping;
  totals: InputTotals;
  /** The first rows that were rejected, one of each reason, three at most. */
  firstRejects: readonly FirstReject[];
}

interface FirstReject {
  row: number;
  reason: string;
}

const FIRST_REJECTS_MAX = 3;

/**
 * Turns CSV or JSON of any dirt into companies. Every data row is kept, merged into another or rejected with its reason.
 * Which companies come out does not depend on the order of the rows. Memory grows by some hundred bytes per row.
 * Throws `input_empty`, `input_not_text`, `input_no_usable_column` or `input_unreadable`, what `open` and the outputs
 * throw, and the signal's reason.
 */
export async function normalizeDataset(options: NormalizeOptions): Promise<NormalizedDataset> {
  const { fileName, signal } = options;
  const pacer = new WorkPacer(signal);
  const text = await openInputText({ open: options.open, fileName, pacer, signal });
  const table = await openTable(text);
  const columns = await chooseColumns(table, fileName);
  const store = new RowStore(options.scratchDir);
  const index = new CompanyIndex();
  const outputs = {
    rejects: new LineWriter(options.rejects, signal),
    normalized: new LineWriter(options.normalized, signal),
  };
  try {
    const { rows, rejected, firstRejects } = await readRows(table, columns, {
      store,
      index,
      rejects: outputs.rejects,
      pacer,
    });
    let kept = 0;
    for await (const company of mergedCompanies(store, index, pacer)) {
      kept += 1;
      options.onCompany(company);
      await outputs.normalized.write(company);
    }
    await outputs.normalized.flush();
    const mapping = toDatasetMapping(table, columns, text.encoding);
    return { mapping, totals: { rows, kept, merged: rows - kept - rejected, rejected }, firstRejects };
  } finally {
    store.remove();
    outputs.rejects.close();
    outputs.normalized.close();
  }
}

/** Throws `input_empty` or `input_no_usable_column`. */
async function chooseColumns(table: InputTable, fileName: string): Promise<ColumnMapping[]> {
  if (table.sample.length === 0 && !(await hasRows(table))) {
    const found = table.columns.length > 0 ? 'has a header and no rows' : 'has no companies';
    throw appError('input_empty', `${fileName} ${found}: add a row per company`);
  }
  const columns = chooseMapping(table.columns, table.sample);
  if (isUsableMapping(columns)) return columns;
  const names = table.columns.slice(0, 30).map((name) => `"${name}"`);
  const found = names.length === 0 ? 'It has no columns at all' : `Its columns are ${names.join(', ')}`;
  throw appError(
    'input_no_usable_column',
    `${fileName} has no column with names or websites of companies. ${found}: call one "company" or "website"`,
  );
}

async function hasRows(table: InputTable): Promise<boolean> {
  for await (const batch of table.rows()) if (batch.length > 0) return true;
  return false;
}

async function readRows(
  table: InputTable,
  columns: readonly ColumnMapping[],
  into: { store: RowStore; index: CompanyIndex; rejects: LineWriter; pacer: WorkPacer },
): Promise<{ rows: number; rejected: number; firstRejects: FirstReject[] }> {
  const normalize = createRowNormalizer(columns);
  let rows = 0;
  let rejected = 0;
  const firstRejects: FirstReject[] = [];
  for await (const batch of table.rows()) {
    for (const input of batch) {
      rows += 1;
      if (into.pacer.isDue()) await into.pacer.yieldTurn();
      const result = 'reason' in input ? input : normalize(input.cells);
      if ('facts' in result) {
        into.store.add(rows, result.facts);
        into.index.add(result.facts);
      } else {
        const { reason } = result;
        rejected += 1;
        if (firstRejects.length < FIRST_REJECTS_MAX && !firstRejects.some((of) => of.reason === reason)) {
          firstRejects.push({ row: rows, reason });
        }
        await into.rejects.write({ row: rows, reason, raw: input.raw() });
      }
    }
  }
  await into.rejects.flush();
  return { rows, rejected, firstRejects };
}

function toDatasetMapping(
  { format, delimiter, within, header, columns }: InputTable,
  mapping: readonly ColumnMapping[],
  encoding: string,
): DatasetMapping {
  const unused: ColumnMapping = { field: null, by: null, evidence: '' };
  const named = columns.map((name, i): [string, ColumnMapping] => [name, mapping[i] ?? unused]);
  return { format, encoding, delimiter, within, header, columns: Object.fromEntries(named) };
}
