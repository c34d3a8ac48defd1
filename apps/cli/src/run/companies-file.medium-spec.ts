import { execFileSync } from 'node:child_process';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileObjectStorage, type ObjectStorage } from '#libs/object-storage';
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

describe('a companies file that changes while it is read', () => {
  const ROWS = 'name,website\nAcme,acme.example\n';

  /** Storage that lets something happen after the first piece has been written. */
  async function storageWith(happens: () => Promise<void>): Promise<ObjectStorage> {
    await mkdir(place('objects'));
    const storage = new FileObjectStorage(place('objects'));
    const createWriter = storage.createWriter.bind(storage);
    storage.createWriter = async (key) => {
      const writer = await createWriter(key);
      const write = writer.write.bind(writer);
      let happened: Promise<void> | undefined;
      writer.write = async (chunk) => {
        await write(chunk);
        await (happened ??= happens());
      };
      return writer;
    };
    return storage;
  }

  it('is refused, saying what to do, and nothing of it is stored', async () => {
    const path = await file('growing.csv', ROWS);
    const storage = await storageWith(() => appendFile(path, 'Beta,beta.example\n'));
    const attempt = storeCompaniesFile(storage, 'acme', path);
    await expect(attempt).rejects.toMatchObject({
      code: 'input_unreadable',
      message: expect.stringMatching(/growing\.csv changed while it was read: wait until it is written/),
    });
    const left = await readdir(place('objects'), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });

  it('is read to its end as it was, if another is put in its place', async () => {
    const path = await file('replaced.csv', ROWS);
    const next = await file('next.csv', 'name\nOther\n');
    const storage = await storageWith(() => rename(next, path));
    const key = await storeCompaniesFile(storage, 'acme', path);
    expect(await readFile(storage.locate(key), 'utf8')).toBe(ROWS);
  });

  it('is said to be gone, if it is gone by then', async () => {
    const storage = await storageWith(() => Promise.resolve());
    const attempt = storeCompaniesFile(storage, 'acme', place('gone.csv'));
    await expect(attempt).rejects.toMatchObject({ code: 'input_not_found' });
  });
});
