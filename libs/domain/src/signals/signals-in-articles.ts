import type { Signal } from '#libs/contracts';
import { nameKey } from '../normalize/name/name-key';
import { foldText } from '../normalize/text/fold-text';
import { signalKind } from './signal-kind';

/** A search result as any vendor gives it; texts already cleaned. */
export interface Article {
  title: string | null;
  url: string;
  /** What is known of its text, to tell whether it is about the company at all. */
  excerpt: string | null;
  /** In any form that is a date. */
  published: string | null;
}

const SIGNALS_MAX = 5;
const URL_LENGTH_MAX = 500;
const TITLE_LENGTH_MAX = 200;
/** A shorter label of a domain is a word of other sentences. */
const LABEL_LENGTH_MIN = 4;
const DATE = /^\d{4}-\d{2}-\d{2}/;

/**
 * The signals in search results about a company: at most five, in the order found. Dropped is what has no title or no
 * http(s) address, what names the company neither in its title nor in its excerpt, and what was there before, by address
 * or title.
 */
export function signalsInArticles(
  articles: readonly Article[],
  company: { name: string; domain: string },
): Signal[] {
  const isAbout = mentions(company);
  const seen = new Set<string>();
  const signals: Signal[] = [];
  for (const article of articles) {
    const signal = toSignal(article);
    if (signal === null || !isAbout(article)) continue;
    const marks = [signal.url, signal.title.toLowerCase()];
    if (marks.some((mark) => seen.has(mark))) continue;
    for (const mark of marks) seen.add(mark);
    signals.push(signal);
    if (signals.length === SIGNALS_MAX) break;
  }
  return signals;
}

function toSignal({ title, url, published }: Article): Signal | null {
  const address = webAddress(url);
  if (title === null || address === null) return null;
  return {
    kind: signalKind(title),
    title: title.slice(0, TITLE_LENGTH_MAX),
    url: address,
    date: dateOf(published),
  };
}

/** Without the fragment, which is no other article. */
function webAddress(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  if (url.username !== '' || url.password !== '') return null;
  url.hash = '';
  return url.href.length <= URL_LENGTH_MAX ? url.href : null;
}

/** Day of an ISO 8601 or RFC 5322 date. */
function dateOf(text: string | null): string | null {
  if (text === null) return null;
  const iso = DATE.exec(text)?.[0];
  const time = Date.parse(iso ?? text);
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}

function mentions({ name, domain }: { name: string; domain: string }): (article: Article) => boolean {
  const label = domain.split('.')[0] ?? '';
  const wanted = [nameKey(name), label.length >= LABEL_LENGTH_MIN ? nameKey(label) : '']
    .filter((key) => key !== '')
    // Whole words, in scripts that have them.
    .map((key) => (/^[\p{Script=Latin}\d]/u.test(key) ? ` ${key} ` : key));
  return ({ title, excerpt }) => {
    const text = `${title ?? ''} ${excerpt ?? ''}`;
    if (text.toLowerCase().includes(domain.toLowerCase())) return true;
    const words = ` ${foldText(text.replace(/[&+]/g, ' and '))} `;
    return wanted.some((key) => words.includes(key));
  };
}
