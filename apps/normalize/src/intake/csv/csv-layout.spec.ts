import { csvLayout } from './csv-layout';
import { NO_DELIMITER } from './sniff-delimiter';

function layoutOf(text: string): { delimiter: string; width: number; header: string | null; data: string } {
  const { delimiter, width, header, dataStart } = csvLayout(Buffer.from(text));
  const data = Buffer.from(text).toString('utf8', dataStart);
  return { delimiter, width, header: header?.join('+') ?? null, data: data.slice(0, data.search(/[\r\n]/)) };
}

const LINES = [
  ['Company', 'Website', 'City', 'About'],
  ['Acme', 'https://acme.com', 'Berlin, Mitte', 'Tools; and more, cheap'],
  ['Beta', 'beta.io', 'Paris', 'Food | drinks'],
  ['Gamma', 'gamma.dev', 'Rome, Italy', ''],
];

function written(delimiter: string): string {
  const cell = (text: string): string => (text.includes(delimiter) ? `"${text}"` : text);
  return LINES.map((cells) => cells.map(cell).join(delimiter)).join('\n') + '\n';
}

describe('the delimiter is the one that makes a table of the text', () => {
  it.each([',', ';', '\t', '|', '^', '~'])('%j, whatever signs the cells hold', (delimiter) => {
    expect(layoutOf(written(delimiter))).toEqual({
      delimiter,
      width: 4,
      header: 'Company+Website+City+About',
      data: written(delimiter).split('\n')[1],
    });
  });

  it.each([
    [
      'addresses in every row do not make a comma one',
      'Firma;Ort\nAcme;Bonn, Beuel, NRW\nBeta;Ulm, Mitte, BW\n',
      ';',
      2,
    ],
    [
      'nor do the colons of web addresses',
      'Website\nhttps://acme.com\nhttps://beta.io\nhttps://gamma.dev\n',
      NO_DELIMITER,
      1,
    ],
    ['nor some legal forms', 'Company\nAcme, Inc.\nBeta GmbH\nGamma\nDelta\n', NO_DELIMITER, 1],
    ['a sep= line has the last word', 'sep=|\nCompany|Website\nAcme|acme.com\n', '|', 2],
    ['rows of odd widths are outvoted', 'a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3\n', ',', 3],
  ])('%s', (_name, text, delimiter, width) => {
    expect(csvLayout(Buffer.from(text))).toMatchObject({ delimiter, width });
  });
});

describe('the header is the first row of the usual width', () => {
  const header = 'Company,Website,City';
  const rows = 'Acme,acme.com,Bonn\nBeta,beta.io,Ulm\nGamma,gamma.dev,Kiel\n';

  it.each([
    ['nothing above it', `${header}\n${rows}`, header],
    ['a title and blank lines above it', `Accounts\n\n${header}\n${rows}`, header],
    ['a title that is padded with empty cells', `Accounts,,\n${header}\n${rows}`, header],
    ['a comment above it', `# from the CRM\n${header}\n${rows}`, header],
    ['CRLF', `${header}\n${rows}`.replaceAll('\n', '\r\n'), header],
    ['no header at all', rows, null],
  ])('%s', (_name, text, expected) => {
    const found = layoutOf(text);
    expect(found.header).toBe(expected?.replaceAll(',', '+') ?? null);
    expect(found.data).toBe('Acme,acme.com,Bonn');
  });
});
