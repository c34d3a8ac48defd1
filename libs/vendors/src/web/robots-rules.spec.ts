import { expectCpuTimeBelow } from '../../test/cpu-time';
import { readRobots } from './robots-rules';

const ROBOTS = new URL('https://acme.example/robots.txt');
const allows = (text: string, path: string): boolean =>
  readRobots(ROBOTS, text).allows(new URL(path, ROBOTS));

describe('robots.txt', () => {
  it.each([
    ['nothing in it', '', '/', true],
    ['everything forbidden', 'User-agent: *\nDisallow: /', '/', false],
    ['nothing forbidden', 'User-agent: *\nDisallow:', '/', true],
    ['a folder forbidden', 'User-agent: *\nDisallow: /private/', '/private/x', false],
    ['another folder forbidden', 'User-agent: *\nDisallow: /private/', '/contact', true],
    ['rules for another robot', 'User-agent: Googlebot\nDisallow: /', '/', true],
    [
      'rules for us by name',
      'User-agent: LeadgenOrchestrator\nDisallow: /\n\nUser-agent: *\nDisallow:',
      '/',
      false,
    ],
    [
      'better rules for us than for all',
      'User-agent: *\nDisallow: /\n\nUser-agent: leadgenorchestrator/0.1\nAllow: /',
      '/',
      true,
    ],
    ['several robots in one group', 'User-agent: a\nUser-agent: *\nUser-agent: b\nDisallow: /', '/', false],
    ['the longer rule winning', 'User-agent: *\nDisallow: /\nAllow: /contact', '/contact', true],
    ['a wildcard', 'User-agent: *\nDisallow: /*.pdf$', '/a/b.pdf', false],
    ['a wildcard that does not end there', 'User-agent: *\nDisallow: /*.pdf$', '/a/b.pdf?x', true],
    ['comments and odd spacing', '# hi\n  USER-AGENT :*  # all\nDISALLOW:/x # no', '/x', false],
    ['a byte order mark', '\ufeffUser-agent: *\nDisallow: /', '/', false],
    ['line ends of any system', 'User-agent: *\r\nDisallow: /a\rDisallow: /b', '/b', false],
    ['a page in its place', '<!doctype html><h1>Not found</h1>', '/', true],
  ])('with %s', (_, text, path, expected) => {
    expect(allows(text, path)).toBe(expected);
  });

  it('says which pauses it asks for', () => {
    expect(readRobots(ROBOTS, 'User-agent: *\nCrawl-delay: 10').crawlDelaySeconds).toBe(10);
    expect(readRobots(ROBOTS, 'User-agent: x\nCrawl-delay: 10').crawlDelaySeconds).toBe(0);
  });

  it('of another origin says nothing about this one', () => {
    expect(readRobots(ROBOTS, '').allows(new URL('https://other.example/'))).toBe(false);
  });

  it.each([
    ['many robots and many rules', 'User-agent: a\n'.repeat(15_000) + 'Disallow: /x\n'.repeat(15_000)],
    ['wildcards made to backtrack', `User-agent: *\n${`Disallow: /${'*a'.repeat(200)}$\n`.repeat(500)}`],
    ['ten wildcards each', `User-agent: *\n${`Disallow: /${'*a'.repeat(10)}$\n`.repeat(5_000)}`],
    ['one endless line', `User-agent: *\nDisallow: /${'x'.repeat(500_000)}`],
    ['white space', `User-agent${' '.repeat(400_000)}x: *\nDisallow: /`],
  ])('of half a megabyte with %s is read in time', async (_, text) => {
    await expectCpuTimeBelow(400, () => allows(text, `/${'a'.repeat(150)}`));
  });
});
