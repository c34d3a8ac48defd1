import { expectCpuTimeBelow } from '../../../test/cpu-time';
import { plainText } from '../../http/plain-text';
import { contactPage } from './contact-page';
import { decodePage } from './decode-page';
import { emailAddresses } from '../../text/email-addresses';
import type { PageContent } from './page-content';
import { canonicalNumber, phoneNumbers } from './phone-numbers';
import { readPage } from './read-page';
import { socialLink } from './social-links';
import { technologies } from './technologies';
import { websiteFacts } from './website-facts';

const MEGABYTE = 1_000_000;
/** The bar for one extractor and one megabyte. */
const EXTRACTOR_MS_MAX = 100;
/** The bar for a whole page: reading it and all its extractors. */
const PAGE_MS_MAX = 1_000;
const HOME = new URL('https://acme.example/');

const filled = (piece: string, length = MEGABYTE): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

const TEXTS = {
  'only at signs': '@',
  'addresses without end': 'a@b.c',
  'a dotted name': 'a.',
  'long names between at signs': `${'a'.repeat(300)}@${'b.'.repeat(150)}`,
  'almost addresses': 'a@-.',
  digits: '1',
  'plus signs': '+1',
  'spaced digits': '+1 2 ',
  brackets: '+1 ((((((',
  'white space': ' \t\n',
  spaces: ' ',
  'percent signs': '%',
  'less-than signs': '<',
  'charset without end': 'charset = ',
  slashes: 'https://x.com/',
  'words of contact': 'contac',
  'invisible characters': '\u200b\u00ad',
  'half characters': '\ud800',
};

describe.each(Object.entries(TEXTS))('a megabyte of %s', (_, piece) => {
  const text = filled(piece);
  const page = (more: Partial<PageContent>): PageContent => ({
    title: '',
    meta: new Map(),
    text: '',
    links: [],
    resources: [],
    ...more,
  });

  it.each<[string, () => unknown]>([
    ['e-mail addresses', () => emailAddresses(text)],
    ['phone numbers', () => phoneNumbers(text)],
    ['a number', () => canonicalNumber(text)],
    ['a social link', () => socialLink(text)],
    ['a social link with this path', () => socialLink(`https://x.com/${text}`)],
    ['a contact page by text', () => contactPage([{ href: '/x', text }], HOME)],
    ['a contact page by address', () => contactPage([{ href: `/${text}`, text: 'Contact' }], HOME)],
    ['technologies', () => technologies(page({ meta: new Map([['generator', text]]), resources: [text] }))],
    ['a line to read', () => plainText(text, 300)],
    ['decoded text', () => decodePage(Buffer.from(text), text)],
  ])('is searched for %s in linear time', async (_name, search) => {
    await expectCpuTimeBelow(EXTRACTOR_MS_MAX, search);
  });

  it('as the text of a page gives its facts in linear time', async () => {
    await expectCpuTimeBelow(2 * EXTRACTOR_MS_MAX, () =>
      websiteFacts(HOME, page({ text, title: text }), 'acme.example'),
    );
  });
});

describe('a page of two megabytes', () => {
  it.each([
    ['nested elements', '<div>'],
    ['nested inline elements', '<b>'],
    ['nested tables', '<table><tr><td>'],
    ['nested lists', '<ul><li>'],
    ['unclosed links', '<a href=x>'],
    ['closing tags', '</div>'],
    ['closing and opening tags', '</p><p>'],
    ['half tags', '<a '],
    ['half comments', '<!--'],
    ['comments', '<!-- x -->'],
    ['attributes', '<a x="y" '],
    ['one element of attributes', ' a=b'],
    ['entities', '&amp;'],
    ['half entities', '&am'],
    ['numeric entities', '&#64;'],
    ['quotes', '"\''],
    ['mail links', '<a href="mailto:a@b.example">a@b.example</a>'],
    ['phone links', '<a href="tel:+12125550123">+1 212 555 0123</a>'],
    ['titles', '<title>x'],
    ['meta elements', '<meta name=a content=b>'],
    ['scripts', '<script>x</script>'],
    ['half scripts', '<script>'],
    ['CDATA', '<![CDATA['],
    ['null characters', '\u0000'],
  ])('of %s is read in time', async (_, piece) => {
    const html = filled(piece, 2 * MEGABYTE);
    await expectCpuTimeBelow(PAGE_MS_MAX, () => {
      const page = readPage(html);
      websiteFacts(HOME, page, 'acme.example');
      contactPage(page.links, HOME);
    });
  });
});
