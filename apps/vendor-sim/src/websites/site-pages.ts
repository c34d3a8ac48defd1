import type { SiteFacts } from './site-facts';

/** A page of a company's website; null for a path that it does not have. */
export function sitePage(facts: SiteFacts, path: string): string | null {
  switch (path) {
    case '/':
      return page(
        facts,
        `<h1>${escape(facts.brand)}</h1><p>${escape(facts.description)}</p>`,
        facts.contactOn === 'home',
      );
    case '/contact':
      return page(facts, `<h1>Contact ${escape(facts.brand)}</h1>`, true);
    case '/about':
      return page(facts, `<h1>About ${escape(facts.brand)}</h1><p>${escape(facts.description)}</p>`, false);
    default:
      return null;
  }
}

function page(facts: SiteFacts, main: string, withContact: boolean): string {
  const { title, description, generator, scripts, socials } = facts;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escape(title)}</title>
<meta name="description" content="${escape(description)}">
<meta name="simulated" content="true">
${generator === null ? '' : `<meta name="generator" content="${escape(generator)}">`}
${scripts.map((src) => `<script async src="${escape(src)}"></script>`).join('\n')}
</head>
<body>
<nav><a href="/">Home</a> <a href="/about">About us</a> <a href="/contact">Contact</a></nav>
<main>${main}</main>
<footer>
${withContact ? contact(facts) : ''}
${socials.map((href) => `<a href="${escape(href)}">Follow us</a>`).join('\n')}
</footer>
</body>
</html>
`;
}

function contact({ email, phone }: SiteFacts): string {
  return [
    email === null ? '' : `<p>Write to <a href="mailto:${escape(email)}">${escape(email)}</a></p>`,
    phone === null
      ? ''
      : `<p>Call <a href="tel:${escape(phone.replaceAll(/[ -]/g, ''))}">${escape(phone)}</a></p>`,
  ].join('\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
