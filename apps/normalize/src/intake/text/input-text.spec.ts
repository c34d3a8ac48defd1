import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { inputText, readAll } from '../../../test/input-bytes';

const TEXT = 'Company,City\nMüller & Söhne,Köln\n日本電気,東京\n𝒳 Labs,Æbletoft\n';
const LATIN = 'Company,City\nMüller & Söhne,Köln\nCafé “Élan”,Orléans\n';

describe('encodings are told from the bytes', () => {
  it.each([
    ['utf-8', Buffer.from(TEXT), 'utf-8', TEXT],
    ['utf-8 with a mark', Buffer.from(`\uFEFF${TEXT}`), 'utf-8', TEXT],
    ['utf-16le with a mark', iconv.encode(TEXT, 'utf-16le', { addBOM: true }), 'utf-16le', TEXT],
    ['utf-16be with a mark', iconv.encode(TEXT, 'utf-16be', { addBOM: true }), 'utf-16be', TEXT],
    ['utf-16le without', iconv.encode(LATIN, 'utf-16le'), 'utf-16le', LATIN],
    ['utf-16be without', iconv.encode(LATIN, 'utf-16be'), 'utf-16be', LATIN],
    ['windows-1252', iconv.encode(LATIN, 'windows-1252'), 'windows-1252', LATIN],
  ])('%s, however it is cut into chunks', async (_name, bytes, encoding, expected) => {
    for (const chunkBytes of [1, 2, 3, 7, 64, 4096]) {
      const text = await inputText(bytes, chunkBytes);
      expect({ encoding: text.encoding, text: await readAll(text) }).toEqual({ encoding, text: expected });
    }
  });

  it('finds the first accent of a Latin-1 file in its last row', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Acme,Austin\n'.repeat(50_000)),
      Buffer.from('Caf\xe9,Lyon\n', 'latin1'),
    ]);
    const text = await inputText(bytes);
    expect(text.encoding).toBe('windows-1252');
    expect((await readAll(text)).endsWith('Café,Lyon\n')).toBe(true);
  });

  it('keeps a UTF-8 file with one broken byte readable', async () => {
    const bytes = Buffer.concat([Buffer.from('Müller,Köln\n'.repeat(5)), Buffer.from([0xe9, 0x0a])]);
    const text = await inputText(bytes);
    expect(text.encoding).toBe('utf-8');
    expect(await readAll(text)).toContain('Müller,Köln');
  });

  it('never takes a character cut by a chunk for Latin-1', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        async (word, size) => {
          fc.pre(!word.includes('\0') && word.trim() !== '');
          const line = `é,${word.replaceAll(/\p{Cc}/gu, '')}\n`;
          const text = await inputText(line, size);
          expect(text.encoding).toBe('utf-8');
          expect(await readAll(text)).toBe(line.toWellFormed());
        },
      ),
    );
  });
});

describe('what is no text is refused with advice', () => {
  it.each([
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), 'picture'],
    ['an Excel workbook', Buffer.from('PK\x03\x04\x14\0\x06\0', 'latin1'), 'save the sheet as CSV'],
    ['an old Excel workbook', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1', 'latin1'), 'save the sheet as CSV'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'PDF'],
    ['gzip', Buffer.from('\x1f\x8b\x08\0', 'latin1'), 'unpack'],
    ['an error page', Buffer.from('<!DOCTYPE html>\n<html><body>404</body></html>'), 'web page'],
    ['any bytes', Buffer.from(Array.from({ length: 2_000 }, (_, i) => (i * 7) % 256)), 'CSV or JSONL'],
  ])('%s', async (_name, bytes, advice) => {
    await expect(inputText(bytes)).rejects.toMatchObject({
      code: 'input_not_text',
      message: expect.stringContaining(advice),
    });
  });

  it('an empty input is called empty', async () => {
    await expect(inputText('')).rejects.toMatchObject({ code: 'input_empty' });
  });

  it('some stray NULs are no proof of a binary', async () => {
    const text = await inputText(`Company,City\n${'Acme,Austin\n'.repeat(20)}Be\0ta,Boston\n`);
    expect(text.encoding).toBe('utf-8');
  });
});
