import { answered, ScriptedHttp } from '../../test/scripted-http';
import type { HttpResult } from '../http/http-client';
import { isCrawlable } from './guard/crawlable-url';
import { SiteVisit } from './site-visit';

type Answers = Readonly<Record<string, HttpResult>>;

const HTML = { headers: { 'content-type': 'text/html' } };
const page = (html = '<p>hi</p>') => answered(html, HTML);
const redirect = (location: string, status = 302) => answered('', { status, headers: { location } });
const missing = answered('', { status: 404 });

/** A visit of a web that has these answers by URL, and no robots.txt where it does not say so. */
function visitOf(answers: Answers, deadlineMs = 5_000) {
  const http = new ScriptedHttp(({ url }) => answers[url.href] ?? missing);
  const { signal } = new AbortController();
  const visit = new SiteVisit({ http, isCrawlable: (url) => isCrawlable(url), deadlineMs, signal });
  const asked = () => http.requests.map(({ url }) => url.href);
  return { visit, asked, requests: http.requests };
}

const HOME = new URL('https://acme.example/');
const ROBOTS = 'https://acme.example/robots.txt';

describe('robots.txt', () => {
  it.each([
    ['says no', answered('User-agent: *\nDisallow: /'), 'none'],
    ['says yes', answered('User-agent: *\nDisallow:'), 'page'],
    ['is not there', missing, 'page'],
    ['is forbidden', answered('', { status: 403 }), 'page'],
    ['fails', answered('', { status: 503 }), 'none'],
    ['has no end', { kind: 'unreadable', status: 200, headers: {}, detail: 'too long' } as const, 'none'],
    ['leads to itself', redirect(ROBOTS), 'page'],
    ['cannot be had', { kind: 'failed', sent: true, code: 'ECONNRESET' } as const, 'unreachable'],
  ])('that %s', async (_, robots, expected) => {
    const { visit } = visitOf({ [ROBOTS]: robots, [HOME.href]: page() });
    expect((await visit.page(HOME)).kind).toBe(expected);
  });

  it('is followed to where it has moved', async () => {
    const { visit } = visitOf({
      [ROBOTS]: redirect('https://www.acme.example/robots.txt', 301),
      'https://www.acme.example/robots.txt': answered('User-agent: *\nDisallow: /'),
      [HOME.href]: page(),
    });
    expect(await visit.page(HOME)).toEqual({ kind: 'none', why: 'robots.txt' });
  });

  it('is asked for once per origin, before anything else there', async () => {
    const { visit, asked } = visitOf({
      [HOME.href]: redirect('https://www.acme.example/'),
      'https://www.acme.example/': page(),
      'https://www.acme.example/contact': page(),
    });
    await visit.page(HOME);
    await visit.page(new URL('https://www.acme.example/contact'));
    expect(asked()).toEqual([
      ROBOTS,
      HOME.href,
      'https://www.acme.example/robots.txt',
      'https://www.acme.example/',
      'https://www.acme.example/contact',
    ]);
  });

  it('of the place a redirect leads to counts too', async () => {
    const { visit, asked } = visitOf({
      [HOME.href]: redirect('https://closed.example/'),
      'https://closed.example/robots.txt': answered('User-agent: *\nDisallow: /'),
      'https://closed.example/': page(),
    });
    expect(await visit.page(HOME)).toEqual({ kind: 'none', why: 'robots.txt' });
    expect(asked()).not.toContain('https://closed.example/');
  });

  it('that asks for pauses is known to', async () => {
    const { visit } = visitOf({ [ROBOTS]: answered('User-agent: *\nCrawl-delay: 5'), [HOME.href]: page() });
    await visit.page(HOME);
    expect(visit.asksForPauses(HOME)).toBe(true);
    expect(visit.asksForPauses(new URL('https://other.example/'))).toBe(false);
  });
});

describe('redirects', () => {
  const chain = (hops: number): Answers =>
    Object.fromEntries([
      ...Array.from({ length: hops }, (_, i): [string, HttpResult] => [
        `https://acme.example/${i || ''}`,
        redirect(`/${i + 1}`),
      ]),
      [`https://acme.example/${hops || ''}`, page()],
    ]);

  it.each([301, 302, 303, 307, 308])('of status %d are followed', async (status) => {
    const { visit } = visitOf({ [HOME.href]: redirect('/en', status), 'https://acme.example/en': page() });
    expect(await visit.page(HOME)).toMatchObject({ kind: 'page', url: new URL('https://acme.example/en') });
  });

  it('are followed five times', async () => {
    expect(await visitOf(chain(5)).visit.page(HOME)).toMatchObject({ kind: 'page' });
  });

  it('are not followed six times', async () => {
    expect(await visitOf(chain(6)).visit.page(HOME)).toEqual({ kind: 'none', why: 'too many redirects' });
  });

  it.each(['', '   ', 'http://', 'https://acme.example:99999/', '//'])(
    'to %j lead nowhere that could be asked',
    async (location) => {
      const { visit, asked } = visitOf({ [HOME.href]: redirect(location) });
      expect(await visit.page(HOME)).toMatchObject({ kind: 'none' });
      expect(asked().every((url) => url.startsWith('https://acme.example/'))).toBe(true);
    },
  );
});

describe('what is no page', () => {
  it.each([
    ['another status', answered('<p>gone</p>', { ...HTML, status: 410 }), 'status 410'],
    ['another type', answered('%PDF', { headers: { 'content-type': 'application/pdf' } }), 'not HTML'],
    ['no type', answered('<p>hi</p>'), 'not HTML'],
    [
      'too long a body',
      { kind: 'unreadable', status: 200, headers: {}, detail: 'a body of more than 9 bytes' } as const,
      'a body of more than 9 bytes',
    ],
  ])('is told for %s', async (_, answer, why) => {
    expect(await visitOf({ [HOME.href]: answer }).visit.page(HOME)).toEqual({ kind: 'none', why });
  });

  it.each(['text/html', 'TEXT/HTML; charset=utf-8', 'application/xhtml+xml'])('is not %s', async (type) => {
    const answer = answered('<p>hi</p>', { headers: { 'content-type': type } });
    expect(await visitOf({ [HOME.href]: answer }).visit.page(HOME)).toMatchObject({ kind: 'page' });
  });
});

describe('the requests of a visit', () => {
  it('share one deadline', async () => {
    const { visit, requests } = visitOf({ [HOME.href]: page() }, 800);
    await visit.page(HOME);
    const given = requests.map(({ deadlineMs }) => deadlineMs);
    expect(Math.max(...given)).toBeLessThanOrEqual(800);
    expect(given).toEqual([...given].sort((a, b) => b - a));
  });

  it('end with it', async () => {
    const { visit, requests } = visitOf({ [HOME.href]: page() }, 0);
    expect(await visit.page(HOME)).toMatchObject({ kind: 'unreachable', code: 'DEADLINE' });
    expect(requests).toEqual([]);
  });

  it('take at most two megabytes of a page and half a megabyte of rules', async () => {
    const { visit, requests } = visitOf({ [HOME.href]: page() });
    await visit.page(HOME);
    expect(requests.map(({ maxBytes }) => maxBytes)).toEqual([512_000, 2_000_000]);
  });
});
