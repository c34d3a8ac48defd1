import { type z } from 'zod';
import { ICP_KEYS, icpSchema, type Icp } from '#libs/contracts';
import { pathText, type IcpProblem } from './icp-problem';
import { nearestWords } from './nearest-words';

/** What people write for a criterion that has another name here. */
const OTHER_NAMES: Readonly<Record<string, keyof Icp>> = {
  sector: 'industries',
  sectors: 'industries',
  vertical: 'industries',
  verticals: 'industries',
  location: 'countries',
  locations: 'countries',
  geo: 'countries',
  geography: 'countries',
  region: 'countries',
  regions: 'countries',
  size: 'employees',
  company_size: 'employees',
  headcount: 'employees',
  employee_count: 'employees',
  employee_range: 'employees',
  year: 'founded',
  year_founded: 'founded',
  founded_year: 'founded',
  tags: 'keywords',
  roles: 'titles',
  personas: 'titles',
  job_titles: 'titles',
  blacklist: 'exclude_domains',
};
const RANGE_KEYS = ['min', 'max'];

/** The value as an ICP, words not yet resolved; or everything that is wrong with its shape. */
export function checkIcpShape(value: unknown): { icp: Icp } | { problems: IcpProblem[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = `must be a JSON object such as {"industries": ["software"]}, and is ${kindOf(value)}`;
    return { problems: [{ path: '', message }] };
  }
  const parsed = icpSchema.safeParse(value);
  return parsed.success
    ? { icp: parsed.data }
    : { problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, value)) };
}

function problemsOf(issue: z.core.$ZodIssue, root: unknown): IcpProblem[] {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(issue.path, key));
  }
  if (issue.code === 'invalid_type') {
    return [
      {
        path,
        message: `must be ${expectation(issue.path, issue.expected)}, and is ${kindOf(at(root, issue.path))}`,
      },
    ];
  }
  if (issue.code === 'custom') return [{ path, message: `${issue.message}; swap them` }];
  if (issue.code === 'too_small') {
    return [
      {
        path,
        message: issue.origin === 'string' ? 'is empty; remove it or write a word' : 'must be 0 or more',
      },
    ];
  }
  if (issue.code === 'too_big') return [{ path, message: `is too long; at most ${issue.maximum} are taken` }];
  return [{ path, message: issue.message }];
}

function unknownKey(path: readonly PropertyKey[], key: string): IcpProblem {
  const known = path.length === 0 ? ICP_KEYS : RANGE_KEYS;
  const name = key.toLowerCase();
  // A member may be called as what every object has, `constructor` or `__proto__`.
  const other = path.length === 0 && Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
  const [meant] = other === undefined ? nearestWords(key, known, 1) : [other];
  const suggestion = meant === undefined ? '' : `; did you mean "${meant}"?`;
  const message = `is not a criterion${suggestion}${suggestion ? ' Known' : '. Known'} are ${known.join(', ')}`;
  return { path: pathText([...path, key]), message };
}

function expectation([first]: readonly PropertyKey[], expected: string): string {
  if (expected === 'array') return `a list such as ["${EXAMPLES[String(first)] ?? 'one'}"]`;
  if (expected === 'object') return `an object such as {"min": ${first === 'founded' ? 2010 : 50}}`;
  if (expected === 'int' || expected === 'number') return 'a whole number without quotes';
  return expected === 'string' ? 'a text in quotes' : expected;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  industries: 'software',
  exclude_industries: 'gambling',
  countries: 'DE',
  exclude_countries: 'US',
  keywords: 'warehouse',
  exclude_keywords: 'agency',
  exclude_domains: 'example.com',
  titles: 'CEO',
};

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}`;
  return typeof value === 'number' ? `the number ${value}` : `a ${typeof value}`;
}

function at(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null)?.[key], root);
}
