import fc from 'fast-check';
import { cleanName } from './clean-name';
import { nameKey } from './name-key';

describe('a company’s name', () => {
  it.each([
    ['  Acme   Inc ', 'Acme Inc'],
    ['"Acme"', 'Acme'],
    ['&quot;Acme&quot;', 'Acme'],
    ['Ben &amp; Jerry&#39;s', "Ben & Jerry's"],
    ['Ben &amp;amp; Jerry', 'Ben & Jerry'],
    ['\u200bAcme\ufeff', 'Acme'],
    ['Acme\u0000\u00a0Corp', 'Acme Corp'],
    ['CafÃ© ZoÃ©', 'Café Zoé'],
    ['Cafe\u0301', 'Café'],
    ['Toys "R" Us', 'Toys "R" Us'],
    ['Acme,', 'Acme'],
    ['«Ромашка»', 'Ромашка'],
    ['3M', '3M'],
    ['X', 'X'],
    ['Unknown Worlds', 'Unknown Worlds'],
    ['Test Rite', 'Test Rite'],
    ['SAP SE', 'SAP SE'],
  ])('%j is printed as %s', (text, name) => {
    expect(cleanName(text)).toBe(name);
  });

  it.each([
    '',
    ' ',
    '-',
    '???',
    'N/A',
    'null',
    'None',
    'unknown',
    'Test',
    'Company Name',
    'Self-employed',
    '#REF!',
    'keine Angabe',
    '™',
    '"',
  ])('%j is none', (text) => {
    expect(cleanName(text)).toBeNull();
  });

  it.each([
    [
      'acme',
      'Acme Inc|Acme, Inc.|ACME Incorporated|The Acme Co.|Acme Company|Acme S.A.|Acme S.r.l.|Acme Sdn Bhd|Acme Pty Ltd|Acme Pte. Ltd.|Acme K.K.|Acme GmbH & Co. KG|Acme GmbH (haftungsbeschränkt)|Acme Limited Company|PT Acme Tbk|ACMÉ B.V.|Acme Oy|Acme ApS|Acme A/S|Acme Corp.|Acme PLC|Acme LLC.|Acme Ltda.|Acme Private Limited|Acme, L.L.C.',
    ],
    [
      'acme',
      'Acme Aktiengesellschaft|Acme Gesellschaft mit beschränkter Haftung|Acme Ges.m.b.H.|Acme mbH|Acme Sociedad Limitada|Acme S.A.U.|Acme Limited Liability Company|Acme LTDA - ME|Acme Limitada|ACME S.R.L. UNIPERSONALE|Acme Spółka z o.o.|Acme sp.z o.o.|Firma Acme GmbH',
    ],
    ['acme sante', 'SARL Acme Santé|SAS Acme Santé|ACME SANTE (SASU)|S.A.S. Acme Santé|Acme Santé'],
    ['acme', 'Acme™|Acme®|Acme (R) Inc.|ACME (TM)'],
    ['acme international', "Acme Intl. Ltd.|Acme Int'l Limited|Acme International"],
    [
      'smith and sons',
      'Smith & Sons|Smith and Sons, LLC|Smith und Sons GmbH|Smith et Sons SAS|SMITH + SONS LTD',
    ],
    ['constructor', 'Constructor Inc.'],
    ['strasse', 'Straße AG|STRASSE'],
    ['orsted', 'Ørsted A/S'],
    ['lodz', 'Łódź Sp. z o.o.'],
    ['loreal', "L'Oréal S.A.|L’Oreal"],
    ['eon', 'E.ON SE|EON'],
    ['アクメ', '株式会社アクメ|アクメ株式会社|㈱アクメ|（株）アクメ|アクメ(株)|㈲アクメ'],
    ['한빛', '주식회사 한빛|한빛 주식회사|(주)한빛|㈜한빛'],
    ['αδελφοσ', 'Αδελφός|ΑΔΕΛΦΟΣ|αδελφοσ|αδελφοϲ'],
    ['яндекс', 'ООО Яндекс|«Яндекс» ООО'],
  ])('%s is the key of %s', (key, names) => {
    for (const name of names.split('|')) expect([name, nameKey(name)]).toEqual([name, key]);
  });

  it.each([
    ['Müller & Söhne GmbH', 'Mueller und Soehne'],
    ['Österreichische Bäuerle', 'Oesterreichische Baeuerle'],
    ['Überall', 'UEBERALL GMBH'],
  ])('%s and %s are the same where German is spoken', (a, b) => {
    expect(nameKey(a, 'AT')).toBe(nameKey(b, 'AT'));
    expect(nameKey(a, 'ES')).not.toBe(nameKey(b, 'ES'));
  });

  it.each(['Bauer Aero', 'Blue Joe', 'Frequenz'])('%s has no umlaut', (name) => {
    expect(nameKey(name, 'DE')).toBe(name.toLowerCase());
  });

  it.each([
    ['Acme Holding GmbH', 'Acme GmbH'],
    ['Acme UK Ltd', 'Acme Ltd'],
    ['Acme Labs', 'Acme'],
    ['AG', 'Inc'],
    ['The The', 'The Who'],
  ])('%s and %s are not the same', (a, b) => {
    expect(nameKey(a)).not.toBe(nameKey(b));
  });

  it.each(['Inc', 'The', 'The Company', 'Group', 'AG', 'Co. Ltd.', '株式会社', '& Co'])(
    '%s is not dropped to nothing',
    (name) => {
      expect(nameKey(name)).not.toBe('');
    },
  );

  it('is canonical once cleaned, and has a key whenever it has a letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const name = cleanName(text);
        if (name === null) return;
        expect(cleanName(name)).toBe(name);
        if (/[a-z0-9]/i.test(name)) expect(nameKey(name)).not.toBe('');
        expect(nameKey(name.toUpperCase())).toBe(nameKey(name.toUpperCase().toLowerCase()));
      }),
    );
  });
});
