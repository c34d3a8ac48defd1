import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { appError } from '#libs/contracts';
import { generateDirtyCompanies } from '#libs/testing';
import { normalizeBytes, type NormalizedFiles } from '../../test/normalize-bytes';

const REPOSITORY = join(__dirname, '../../../..');

function names({ companies }: NormalizedFiles): (string | null)[] {
  return companies.map(({ name }) => name);
}

function expectNothingLost({ totals, companies, rejects }: NormalizedFiles): void {
  const accounted = [
    ...companies.flatMap(({ source_rows }) => source_rows),
    ...rejects.map(({ row }) => row),
  ];
  expect(accounted.sort((a, b) => a - b)).toEqual(Array.from({ length: totals.rows }, (_, i) => i + 1));
  expect(totals).toEqual({
    rows: totals.rows,
    kept: companies.length,
    merged: totals.rows - companies.length - rejects.length,
    rejected: rejects.length,
  });
}

describe('the sample', () => {
  it('comes out whole, with the mapping a person would choose', async () => {
    const result = await normalizeBytes(readFileSync(join(REPOSITORY, 'samples/companies.csv')));
    expectNothingLost(result);
    expect(result.totals).toEqual({ rows: 240, kept: 239, merged: 1, rejected: 0 });
    expect(result.mapping).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter: ',', header: true });
    expect(
      Object.fromEntries(Object.entries(result.mapping.columns).map(([name, { field }]) => [name, field])),
    ).toEqual({
      Company: 'name',
      Homepage: 'domain',
      'HQ City': 'city',
      'HQ State': 'region',
      Country: 'country',
      Categories: 'industry',
      Founded: 'founded',
      Description: 'description',
    });
    expect(result.announced).toEqual(result.companies);
    expect(result.leftBehind).toEqual([]);
  });
});

describe('layouts of CSV', () => {
  const rows = 'Acme;acme.com;Berlin, Mitte\nBeta;beta.io;Paris\nGamma;gamma.dev;Rome\n';

  it.each([
    ['a sep= line', `sep=;\nName;Website;City\n${rows}`],
    ['a title and comments above', `Accounts of May\n\n# exported by Sam\nName;Website;City\n${rows}`],
    ['a title padded as spreadsheets do', `Accounts of May;;\n;;\nName;Website;City\n${rows}`],
    ['no header', rows],
    ['lone CRs', `Name;Website;City\n${rows}`.replaceAll('\n', '\r')],
    ['a byte order mark and CRLF', `\uFEFFName;Website;City\n${rows}`.replaceAll('\n', '\r\n')],
    ['a header that comes again', `Name;Website;City\n${rows}`],
  ])('%s', async (_name, text) => {
    const result = await normalizeBytes(text);
    expectNothingLost(result);
    expect(names(result)).toEqual(['Acme', 'Beta', 'Gamma']);
    expect(result.mapping.delimiter).toBe(';');
    expect(result.totals.rows).toBe(3);
  });

  it('rows of nothing but delimiters keep their numbers and are rejected as empty; blank lines are no rows', async () => {
    const result = await normalizeBytes(
      'Name;Website;City\nAcme;acme.com;Berlin\n;;\n\n  \nBeta;beta.io;Paris\n',
    );
    expectNothingLost(result);
    expect(result.companies.map(({ source_rows: rows }) => rows)).toEqual([[1], [3]]);
    expect(result.rejects).toEqual([{ row: 2, reason: 'the row is empty', raw: ';;' }]);
  });

  it('a column of names only', async () => {
    const result = await normalizeBytes('Company\nAcme\nBeta, Inc.\nGamma\n');
    expect(names(result)).toHaveLength(3);
    expect(result.mapping.delimiter).toBeNull();
  });

  it('columns of the same name are told apart', async () => {
    const { mapping } = await normalizeBytes(
      'Name,Website,Notes,Notes,\nAcme,acme.com,a,b,c\nBeta,beta.io,d,e,f\n',
    );
    expect(Object.keys(mapping.columns)).toEqual(['Name', 'Website', 'Notes', 'Notes #2', 'column 5']);
  });
});

describe('rows that cannot be read safely are rejected with their reason and their own text', () => {
  it('ragged rows, repeated headers, broken quotes', async () => {
    const text = [
      'Name,Website,City',
      'Acme,acme.com,Berlin',
      'Shifted, Inc,shifted.com,Paris',
      'Short,short.com',
      'Padded,padded.com,Rome,,',
      'NAME,Website,city',
      'Open,"open.com,Bonn',
      'Beta,beta.io,Bern',
    ].join('\n');
    const result = await normalizeBytes(text);
    expectNothingLost(result);
    expect(names(result)).toEqual(['Acme', 'Short', 'Padded', 'Beta']);
    expect(result.rejects).toEqual([
      {
        row: 2,
        reason: '4 cells for 3 columns: an unquoted "," has shifted what follows it',
        raw: 'Shifted, Inc,shifted.com,Paris',
      },
      { row: 5, reason: 'a repeated header row', raw: 'NAME,Website,city' },
      { row: 6, reason: 'a quote is opened and never closed', raw: 'Open,"open.com,Bonn' },
    ]);
  });

  it('keeps at most 2,000 characters of a rejected row', async () => {
    const { rejects } = await normalizeBytes(`Name,Website\nAcme,acme.com\n,,${'ä'.repeat(5_000)}\n`);
    expect(rejects.map(({ raw }) => raw.length)).toEqual([2_000]);
  });
});

describe('the first rejects', () => {
  it('are one of each reason, with their rows, three at most', async () => {
    const rows = ['Acme,acme.com', '"open,', 'a,b,c', '"open,', ',', 'Beta,beta.io', 'd,e,f'];
    const { firstRejects, rejects } = await normalizeBytes(`name,website\n${rows.join('\n')}\n`);
    const firstOf = new Map([...rejects].reverse().map(({ row, reason }) => [reason, row]));
    expect(firstRejects.length).toBe(Math.min(3, firstOf.size));
    expect(firstRejects.length).toBeGreaterThan(1);
    for (const { row, reason } of firstRejects) expect(row).toBe(firstOf.get(reason));
  });

  it('are none where every row is a company', async () => {
    expect((await normalizeBytes('name,website\nAcme,acme.com\n')).firstRejects).toEqual([]);
  });
});

describe('inputs that cannot be read at all are refused, saying what to do', () => {
  it.each([
    ['nothing', '', 'input_empty', 'is empty'],
    ['blank lines', '\n\n  \n', 'input_empty', 'has no companies'],
    ['a header only', 'Name,Website\n', 'input_empty', 'has a header and no rows'],
    ['an empty array', '[]', 'input_empty', 'has no companies'],
    ['a workbook', 'PK\x03\x04 and so on', 'input_not_text', 'save the sheet as CSV'],
    ['no usable column', 'Amount,Paid\n12,yes\n15,no\n', 'input_no_usable_column', '"Amount", "Paid"'],
  ])('%s', async (_name, text, code, message) => {
    await expect(normalizeBytes(text)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('an input that cannot be opened or read', async () => {
    const failing = async (): Promise<Readable> => new Readable({ read: (): never => fail('no such disk') });
    await expect(normalizeBytes('', { open: failing })).rejects.toMatchObject({
      code: 'input_unreadable',
      message: expect.stringContaining('no such disk'),
    });
  });

  it('storage speaks for itself: it knows whether trying again helps', async () => {
    const open = async (): Promise<Readable> => {
      throw appError('storage_failed', 'the bucket is away');
    };
    await expect(normalizeBytes('', { open })).rejects.toMatchObject({
      code: 'storage_failed',
      retry: 'backoff',
    });
  });
});

describe('as a good citizen of the process', () => {
  const lines = [...generateDirtyCompanies({ seed: 7, rows: 8_000 })].map(({ text }) => text);
  const dirty = (rows: number): string => lines.slice(0, rows).join('');

  it('holds the event loop for a fraction of a job’s lock, and for moments once it has begun', async () => {
    const text = dirty(8_000);
    const [first, second] = [await longestTurnMs(text), await longestTurnMs(text)];
    // The first one in a process makes its tables, and runs code that is not compiled yet.
    expect(first).toBeLessThan(2_500);
    expect(second).toBeLessThan(500);
  });

  it.each([20, 60, 200])(
    'ends within moments of being aborted after %i ms, and leaves nothing behind',
    async (afterMs) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error('lost the lock')), afterMs);
      const text = dirty(8_000);
      await expect(normalizeBytes(text, { signal: controller.signal })).rejects.toThrow('lost the lock');
    },
  );

  it('waits for slow outputs instead of buffering', async () => {
    const slow = new PassThrough({ highWaterMark: 1_024 });
    let highest = 0;
    const received: Promise<string> = (async () => {
      let text = '';
      for await (const piece of slow) {
        highest = Math.max(highest, slow.readableLength + slow.writableLength);
        text += String(piece);
      }
      return text;
    })();
    const { totals } = await normalizeBytes(dirty(5_000), { normalized: slow });
    slow.end();
    expect((await received).trim().split('\n')).toHaveLength(totals.kept);
    expect(highest).toBeLessThan(300_000);
  });

  it('rethrows what an output throws', async () => {
    const full = new Writable({ write: (_piece, _encoding, done) => done(new Error('no space left')) });
    await expect(normalizeBytes(dirty(3_000), { normalized: full })).rejects.toThrow('no space left');
  });
});

/**
 * How long it held the event loop at most, in processor time of that thread: on a busy machine the clock would measure the
 * others, and the whole process its collectors and compilers.
 */
async function longestTurnMs(text: string): Promise<number> {
  const normalized = new Writable({ write: (_piece, _encoding, done) => done() });
  let longestMs = 0;
  let turns = 0;
  let last = process.threadCpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    longestMs = Math.max(longestMs, (user + system) / 1_000);
    turns += 1;
    last = process.threadCpuUsage();
  }, 1);
  await normalizeBytes(text, { normalized });
  clearInterval(timer);
  // It did come round, else nothing was measured.
  expect(turns).toBeGreaterThan(10);
  return longestMs;
}

function fail(message: string): never {
  throw new Error(message);
}
