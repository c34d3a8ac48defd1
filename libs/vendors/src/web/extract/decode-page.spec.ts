import { decodePage } from './decode-page';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('a page’s text', () => {
  it.each([
    ['UTF-8 by default', Buffer.from('Zürich'), 'text/html'],
    ['as its header says', latin1('Zürich'), 'text/html; charset=ISO-8859-1'],
    ['as its header says, quoted', latin1('Zürich'), 'text/html; charset="windows-1252"'],
    ['as its own meta says', latin1('<meta charset="iso-8859-1">Zürich'), 'text/html'],
    [
      'as its own http-equiv says',
      latin1('<meta http-equiv=content-type content="text/html; charset=latin1">Zürich'),
      'text/html',
    ],
    [
      'as its header says, against its meta',
      Buffer.from('<meta charset="iso-8859-1">Zürich'),
      'text/html; charset=utf-8',
    ],
    ['UTF-8 where the encoding is unknown', Buffer.from('Zürich'), 'text/html; charset=klingon'],
    ['not UTF-16, since its meta could be read', Buffer.from('<meta charset="utf-16">Zürich'), 'text/html'],
    ['without its byte order mark', Buffer.from('\ufeffZürich'), 'text/html'],
  ])('is read %s', (_, body, contentType) => {
    const text = decodePage(body, contentType);
    expect(text).toContain('Zürich');
    expect(text.startsWith('\ufeff')).toBe(false);
  });

  it('in Japanese is read as well', () => {
    expect(decodePage(Buffer.from('93fa967b', 'hex'), 'text/html; charset=Shift_JIS')).toBe('日本');
  });

  it('names its encoding at its beginning or not at all', () => {
    const late = latin1(`${' '.repeat(2_000)}<meta charset="iso-8859-1">Zürich`);
    expect(decodePage(late, 'text/html')).not.toContain('Zürich');
  });

  it('of broken bytes is text all the same', () => {
    expect(decodePage(Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x41]), 'text/html; charset=utf-8')).toContain(
      'A',
    );
  });
});
