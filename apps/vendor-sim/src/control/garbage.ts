import type { HttpAnswer } from '../http/delivery';

/**
 * Ways an answer can make no sense. `html`: a gateway's page · `empty` · `truncated`: cut in half · `wrong_types`: every
 * value of another type than it should be · `not_a_number`: NaN, which is no JSON · `deep`: every
 * field ten thousand lists in each other · `proto`: all as it should be, but every object tries to change the prototype of whoever merges it.
 */
export const GARBAGE_FORMS = [
  'html',
  'empty',
  'truncated',
  'wrong_types',
  'not_a_number',
  'deep',
  'proto',
] as const;
export type GarbageForm = (typeof GARBAGE_FORMS)[number];

const DEPTH = 10_000;
const PAGE = '<!doctype html><html><body><h1>Something went wrong</h1>{"data":';

/** What arrives in place of an answer, with status 200 and the answer's own type except for `html`. */
export function garbled(answer: HttpAnswer, form: GarbageForm): HttpAnswer {
  if (form === 'html') return { ...answer, status: 200, headers: typed(answer, 'text/html'), body: PAGE };
  return { ...answer, status: 200, body: garble(answer.body, form) };
}

function garble(body: string, form: Exclude<GarbageForm, 'html'>): string {
  switch (form) {
    case 'empty':
      return '';
    case 'truncated':
      return body.slice(0, Math.floor(body.length / 2));
    case 'wrong_types':
      return JSON.stringify(wronglyTyped(asJson(body)));
    case 'not_a_number':
      return `{"data":NaN,"answer":${body}}`;
    case 'deep':
      return deepened(asJson(body));
    case 'proto':
      return body.replaceAll(
        '{"',
        '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"',
      );
  }
}

/** Written by hand: what writes JSON is not made for such depths. */
function deepened(answer: unknown): string {
  const names = typeof answer === 'object' && answer !== null ? Object.keys(answer) : ['data'];
  const lists = `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`;
  return `{${names.map((name) => `${JSON.stringify(name)}:${lists}`).join(',')}}`;
}

/** What is no JSON, a page for one, as if it were a text of it. */
function asJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function wronglyTyped(value: unknown): unknown {
  if (Array.isArray(value)) return { list: 'was here' };
  switch (typeof value) {
    case 'string':
      return 7;
    case 'number':
      return 'seven';
    case 'boolean':
      return [value];
    case 'object':
      if (value === null) return { nothing: 'was here' };
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, wronglyTyped(inner)]));
    default:
      return value;
  }
}

function typed({ headers }: HttpAnswer, contentType: string): HttpAnswer['headers'] {
  return { ...headers, 'content-type': contentType };
}
