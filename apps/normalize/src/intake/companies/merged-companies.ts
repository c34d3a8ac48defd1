import type { Company } from '#libs/contracts';
import { mergeRows, type CompanyFacts } from '#libs/domain';
import type { CompanyIndex } from '../dedupe/company-index';
import type { WorkPacer } from '../work-pacer';
import { GroupReader, type CompanyRows } from './group-reader';
import { NamesakeIds } from './namesake-ids';
import type { RowStore } from './row-store';

/** Groups the stored rows into companies and hands them on in the order of their first rows. */
export async function* mergedCompanies(
  store: RowStore,
  index: CompanyIndex,
  pacer: WorkPacer,
): AsyncGenerator<Company> {
  const reader = new GroupReader(store, index.groups);
  await index.settle((first) => reader.merged(first), pacer);
  const ids = await noteNamesakes(reader, index, pacer);
  for (let first = 0; first < index.groups.size; first += 1) {
    if (pacer.isDue()) await pacer.yieldTurn();
    if (!index.groups.isFirst(first)) continue;
    const isNamesake = index.isKnownByContentOnly(first);
    for (const rows of reader.companies(first)) yield toCompany(rows, isNamesake ? ids : undefined);
  }
}

async function noteNamesakes(
  reader: GroupReader,
  index: CompanyIndex,
  pacer: WorkPacer,
): Promise<NamesakeIds> {
  const ids = new NamesakeIds();
  for (let first = 0; first < index.groups.size; first += 1) {
    if (pacer.isDue()) await pacer.yieldTurn();
    if (!index.groups.isFirst(first) || !index.isKnownByContentOnly(first)) continue;
    for (const { heard } of reader.companies(first)) ids.note(factsOf(mergeRows(heard)));
  }
  return ids;
}

function toCompany({ heard, sourceRows }: CompanyRows, ids: NamesakeIds | undefined): Company {
  const plain = mergeRows(heard);
  const discriminator = ids?.discriminator(factsOf(plain));
  const company = discriminator === undefined ? plain : mergeRows(heard, discriminator);
  return { ...company, source_rows: sourceRows };
}

function factsOf({ company_id: _id, source_rows: _rows, ...facts }: Company): CompanyFacts {
  return facts;
}
