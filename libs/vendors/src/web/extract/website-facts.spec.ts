import { websiteFactsSchema } from '#libs/contracts';
import { contactPage } from './contact-page';
import { readPage } from './read-page';
import { joinFacts, websiteFacts } from './website-facts';

const HOME = new URL('https://acme.example/?utm=x');
const facts = (html: string) => websiteFacts(HOME, readPage(html), 'acme.example');

describe('the facts of a page', () => {
  it('are its title, description, ways to get in touch and what it is built with', () => {
    const html = `<!doctype html><html><head>
      <title>Acme &amp; Sons\n | Anvils</title>
      <meta name="description" content="We make  anvils.">
      <meta name="Generator" content="WordPress 6.4.2">
      <script src="https://js.stripe.com/v3/"></script>
      <link rel="stylesheet" href="/wp-content/x.css"></head>
      <body><p>Mail <a href="mailto:sales@acme.example?subject=Hi">us</a> or hello&#64;acme.example</p>
      <a href="tel:+1-212-555-0123">call</a><p>+44 20 7946 0958</p>
      <a href="https://www.linkedin.com/company/acme">LinkedIn</a></body></html>`;
    expect(facts(html)).toEqual({
      url: 'https://acme.example/',
      title: 'Acme & Sons | Anvils',
      description: 'We make anvils.',
      excerpt: null,
      emails: ['sales@acme.example', 'hello@acme.example'],
      phones: ['+12125550123', '+442079460958'],
      socials: ['https://linkedin.com/company/acme'],
      technologies: ['Stripe', 'WordPress'],
    });
  });

  it.each([
    ['scripts', '<script>var m = "x@hidden.example"</script>'],
    ['styles', '<style>/* x@hidden.example */</style>'],
    ['comments', '<!-- x@hidden.example -->'],
    ['templates', '<template>x@hidden.example</template>'],
    ['noscript', '<noscript>x@hidden.example</noscript>'],
    ['attributes', '<div data-mail="x@hidden.example" alt="x@hidden.example"></div>'],
    ['text areas', '<textarea>x@hidden.example</textarea>'],
  ])('are not taken from %s, which nobody sees', (_, html) => {
    expect(facts(`${html}<p>hello@acme.example</p>`).emails).toEqual(['hello@acme.example']);
  });

  it('put the company’s own addresses first', () => {
    const { emails } = facts('<p>a@agency.example b@notacme.example c@mail.acme.example d@acme.example</p>');
    expect(emails).toEqual([
      'c@mail.acme.example',
      'd@acme.example',
      'a@agency.example',
      'b@notacme.example',
    ]);
  });

  it('keep words apart that stand in blocks of their own', () => {
    expect(facts('<td>hello@acme.example</td><td>sales@acme.example</td>').emails).toHaveLength(2);
    expect(facts('<b>hello</b>@acme.example').emails).toEqual(['hello@acme.example']);
  });

  it('take the name of the site where there is no title, and never an image’s', () => {
    expect(facts('<svg><title>Logo</title></svg><title>Acme</title>').title).toBe('Acme');
    expect(facts('<meta property="og:site_name" content="Acme">').title).toBe('Acme');
  });

  it('are within the bounds of the operation, however much the page says', () => {
    const many = Array.from({ length: 500 }, (_, i) => {
      const number = String(i).padStart(4, '0');
      return `<p>p${i}@acme.example +1 212 555 ${number}</p><a href="https://x.com/p${i}">x</a>`;
    });
    const html = `<title>${'t'.repeat(9_000)}</title><meta name="description" content="${'d'.repeat(9_000)}">${many.join('')}`;
    const found = facts(html);
    expect(websiteFactsSchema.parse(found)).toEqual(found);
    expect(found.emails).toHaveLength(10);
    expect(JSON.stringify(found).length).toBeLessThan(2_000);
  });

  it('hold no invisible or control characters', () => {
    const { title } = facts('<title>Ac\u200bme\u0007\u{e0041} \u202eevil</title>');
    expect(title).toBe('Acme evil');
  });

  it.each([
    '',
    '<',
    '<<<<',
    '<a href=',
    '</p></p>',
    '<title>',
    '<meta>',
    '\u0000',
    '<a href="mailto:%E0%A4%A">x</a>',
    '<a href="tel:">x</a>',
  ])('of %j are none, and no error', (html) => {
    expect(facts(html)).toMatchObject({ emails: [], phones: [], socials: [], technologies: [] });
  });

  it('of two pages complete each other', () => {
    const home = facts('<title>Acme</title><p>a@acme.example</p>');
    const other = facts(
      '<title>Contact</title><meta name=description content=Anvils><p>a@acme.example b@acme.example +1 212 555 0100</p>',
    );
    expect(joinFacts(home, other)).toMatchObject({
      title: 'Acme',
      description: 'Anvils',
      emails: ['a@acme.example', 'b@acme.example'],
      phones: ['+12125550100'],
    });
  });
});

describe('the page that tells how to get in touch', () => {
  it.each([
    ['<a href="/about">About</a><a href="/contact">Contact</a>', '/contact'],
    ['<a href="/x">Contact us</a>', '/x'],
    ['<a href="/de/kontakt#form">Schreiben Sie uns</a>', '/de/kontakt'],
    ['<a href="/impressum">Impressum</a><a href="/ueber-uns">Über uns</a>', '/impressum'],
    ['<a href="contact-us.html">Say hello</a>', '/contact-us.html'],
    ['<a href="/x"><span>Con</span><b>tact</b></a>', '/x'],
  ])('of %s is %s', (html, path) => {
    expect(contactPage(readPage(html).links, HOME)?.href).toBe(`https://acme.example${path}`);
  });

  it.each([
    '<a href="https://other.example/contact">Contact</a>',
    '<a href="mailto:x@acme.example">Contact</a>',
    '<a href="javascript:contact()">Contact</a>',
    '<a href="#contact">Contact</a>',
    '<a href="http://acme.example:8080/contact">Contact</a>',
    `<a href="/contact/${'x'.repeat(300)}">Contact</a>`,
    '<a>Contact</a>',
  ])('of %s is none', (html) => {
    expect(contactPage(readPage(html).links, HOME)).toBeNull();
  });
});
