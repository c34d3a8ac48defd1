import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileObjectStorage } from '#libs/object-storage';
import { checkCompaniesFile, storeCompaniesFile } from './companies-file';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'companies-file-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const place = (name: string): string => join(folder, name);
async function file(name: string, content: string | Buffer): Promise<string> {
  await writeFile(place(name), content);
  return place(name);
}

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const XLSX = Buffer.from('504b0304140000000800', 'hex');

describe('a companies file is refused before anything is started', () => {
  it.each<[what: string, make: () => Promise<string>, code: string, message: RegExp]>([
    [
      'is not there',
      async () => place('none.csv'),
      'input_not_found',
      /none\.csv: there is no such file; check the path/,
    ],
    [
      'is a folder',
      async () => folder,
      'input_unreadable',
      /is not a file: give the path of a CSV or JSONL file/,
    ],
    [
      'is below a file',
      async () => join(await file('a.csv', 'x'), 'b.csv'),
      'input_unreadable',
      /cannot be read .*check the path/,
    ],
    [
      'is a link to nothing',
      async () => symlink('/nowhere', place('l')).then(() => place('l')),
      'input_not_found',
      /no such file/,
    ],
    ['is empty', () => file('empty.csv', ''), 'input_empty', /empty\.csv is empty: it has no companies/],
    ['is a picture', () => file('logo.csv', PNG), 'input_not_text', /is not text: give a CSV or JSONL file/],
    [
      'is an Excel workbook',
      () => file('a.xlsx', XLSX),
      'input_not_text',
      /looks like an Excel workbook; save the sheet as CSV/,
    ],
  ])('that %s', async (_what, make, code, message) => {
    const attempt = checkCompaniesFile(await make());
    await expect(attempt).rejects.toMatchObject({ code });
    await expect(attempt).rejects.toThrow(message);
  });

  it('that is a pipe, which would be waited for', async () => {
    execFileSync('mkfifo', [place('pipe')]);
    await expect(checkCompaniesFile(place('pipe'))).rejects.toMatchObject({ code: 'input_unreadable' });
  });
});

describe('a companies file is accepted', () => {
  it.each([
    ['in UTF-8', Buffer.from('name\nMüller GmbH\n')],
    ['in UTF-8 with a byte order mark', Buffer.from('\ufeffname\nMüller\n')],
    ['in Latin-1', Buffer.from('name\nMüller\n', 'latin1')],
    ['in UTF-16, as Excel’s “Unicode text”', Buffer.from('\ufeffname\tcity\n', 'utf16le')],
    ['with a single row', Buffer.from('a')],
  ])('%s', async (_how, content) => {
    await expect(checkCompaniesFile(await file('a.csv', content))).resolves.toBeUndefined();
  });

  it.each([
    ['list.CSV', 'csv'],
    ['list.jsonl', 'jsonl'],
    ['list', 'txt'],
    ['list.exe', 'txt'],
  ])('and %s is stored for the workers as .%s', async (name, extension) => {
    const storage = new FileObjectStorage(place('objects'));
    await mkdir(place('objects'));
    const key = await storeCompaniesFile(storage, 'acme', await file(name, 'name\nA\n'));
    expect(key).toMatch(new RegExp(`acme/.*\\.${extension}$`));
    expect(await storage.exists(key)).toBe(true);
  });
});
