import { basename, dirname } from 'node:path';
import { REPOSITORY } from '../repository';

export interface SourceFile {
  /** Relative to the repository's root, with `/`. */
  path: string;
  text: string;
}

/** A rule about sources that neither the compiler nor the linter knows. */
export interface Convention {
  name: string;
  /** Which files it speaks about. */
  concerns: (path: string) => boolean;
  /** One line per breach, saying where and what to do instead. */
  breaches: (file: SourceFile) => string[];
}

const CODE = /^(apps|libs|bench|scripts|test)\/.*\.(ts|tsx|mjs|cjs|js|lua)$/;
const TYPESCRIPT = /^(apps|libs|bench|test)\/.*\.tsx?$/;
const TEST = /\.(spec|medium-spec)\.ts$|^test\/|^libs\/testing\/|^(apps|libs)\/[^/]+\/test\//;
const LUA = /^libs\/.*\.lua$/;

/** Reports every line that matches. */
function linesMatching(pattern: RegExp, advice: string): Convention['breaches'] {
  return ({ path, text }) =>
    text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${advice}`] : []));
}

const FORBIDDEN_WORDS = /(^|-)(utils?|helpers?|common|shared|core|types|misc|manager|impl|legacy|new|v\d+)$/;
const KEBAB_CASE = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;

function nameBreaches({ path }: SourceFile): string[] {
  const stem = basename(path).replace(/\..*$/, '');
  const vague = [...dirname(path).split('/'), stem].filter((part) => FORBIDDEN_WORDS.test(part));
  return [
    ...vague.map((part) => `${path}: "${part}" names nothing: say what the thing is`),
    ...(KEBAB_CASE.test(basename(path)) ? [] : [`${path}: file names are kebab-case`]),
  ];
}

function luaBreaches({ path, text }: SourceFile): string[] {
  // What several scripts include has no keys and arguments of its own.
  if (dirname(path).endsWith('/includes')) {
    return /^--\[\[[\s\S]*?\]\]/.test(text)
      ? []
      : [`${path}: start with a --[[ header ]] that says what it gives`];
  }
  const [, declared] = /^[a-z]+(?:-[a-z]+)+-(\d+|n)\.lua$/.exec(basename(path)) ?? [];
  if (declared === undefined) return [`${path}: call it <verb>-<noun>-<number of KEYS, or n>.lua`];
  const [header] = /^--\[\[[\s\S]*?\]\]/.exec(text) ?? [];
  if (header === undefined) return [`${path}: start with a --[[ header ]] that says KEYS, ARGV and Returns`];
  const missing = ['KEYS', 'ARGV', 'Returns'].filter((word) => !header.includes(word));
  const used = [...text.matchAll(/KEYS\[(\d+)\]/g)].map(([, index]) => Number(index));
  const tooMany = declared === 'n' ? [] : used.filter((index) => index > Number(declared));
  return [
    ...missing.map((word) => `${path}: the header does not say ${word}`),
    ...tooMany.map((index) => `${path}: uses KEYS[${index}], its name says ${declared}`),
  ];
}

/** The folder this checkout stands in, unless any project may speak of it. */
const CHECKOUT_PARENT = dirname(REPOSITORY);
const ORDINARY_FOLDERS = new Set(['/', '/app', '/opt', '/srv', '/tmp', '/usr/src', '/var/tmp']);

function machinePathBreaches({ path, text }: SourceFile): string[] {
  const foreign = linesMatching(
    /(^|[\s'"`(=:])(\/home\/(?!node\b|leadgen\b)|\/Users\/|[A-Z]:\\Users\\)\w/,
    'a path of somebody’s machine',
  )({ path, text });
  if (ORDINARY_FOLDERS.has(CHECKOUT_PARENT)) return foreign;
  const own = text
    .split('\n')
    .flatMap((line, i) =>
      line.includes(`${CHECKOUT_PARENT}/`) ? [`${path}:${i + 1}: a path of this machine`] : [],
    );
  return [...foreign, ...own];
}

/** Files that ship, and may be asked what they call. */
const ships = (path: string): boolean => /^(apps|libs)\/.*\.ts$/.test(path) && !TEST.test(path);

/** Where requests to vendors, to the simulator that plays them, and to our own API are written. */
const VENDOR_HTTP =
  /^libs\/vendors\/src\/|^apps\/vendor-sim\/|^apps\/cli\/src\/rehearsal\/simulator-control\.ts$|^apps\/cli\/src\/loadtest\/api-client\.ts$/;

/** What `node:http` has for those who are asked, and that asks nobody. */
const SERVER_SIDE = '(createServer|(type )?(IncomingMessage|Server|ServerResponse))';

export const CONVENTIONS: readonly Convention[] = [
  {
    name: 'no vendor is called outside the gate',
    concerns: (path) =>
      ships(path) &&
      !path.startsWith('libs/vendors/') &&
      path !== 'apps/enrich/src/walk/gated-call.ts' &&
      // A desk in front of the desk: GatedCall is its only caller, too.
      path !== 'apps/enrich/src/own-keys/own-key-desk.ts',
    breaches: ({ path, text }) => [
      // The desk is the gate's own door to the registry; everybody else would call past the gate.
      ...(path === 'apps/enrich/src/walk/registry-desk.ts'
        ? []
        : linesMatching(
            /\bregistry\b(\?|!)?\.call\b/,
            'acquire a grant first: GatedCall is the only caller',
          )({
            path,
            text,
          })),
      ...linesMatching(
        /\bdesk\b(\?|!)?\.call\b|\.calls(\?\.)?\[|\bnew (OpenAI|UndiciHttpClient)\b/,
        'acquire a grant first: GatedCall is the only caller',
      )({ path, text }),
    ],
  },
  {
    name: 'requests leave through the vendors’ HTTP client only',
    concerns: (path) => ships(path) && !VENDOR_HTTP.test(path),
    breaches: linesMatching(
      new RegExp(
        [
          String.raw`\bfetch\(`,
          String.raw`^import (?!type\b|\{ ${SERVER_SIDE}(, ${SERVER_SIDE})* \} from 'node:http')` +
            String.raw`.*from ['"](undici|openai|axios|got|node:https?|node:http2|https?)['"]`,
          String.raw`\brequire\(['"](undici|openai|node:https?|https?)['"]\)`,
        ].join('|'),
      ),
      'an outside service is a vendor (libs/vendors), and is called through the gate',
    ),
  },
  {
    name: 'Redis keys are made in keys.ts only',
    concerns: (path) => CODE.test(path) && !/^libs\/redis\/src\/keys(\.spec)?\.ts$/.test(path),
    breaches: linesMatching(/\blg:\{/, 'take the key from CellKeys (libs/redis/src/keys.ts)'),
  },
  {
    name: 'the environment is read in libs/config only',
    concerns: (path) => TYPESCRIPT.test(path) && !path.startsWith('libs/config/') && !TEST.test(path),
    breaches: linesMatching(
      /\bprocess\??\.env\b|\bprocess\[['"]env['"]\]|\benv\b[^}]*\}\s*=\s*process\b|\benv\b.*from ['"](node:)?process['"]/,
      'take a setting from loadSettings() (libs/config)',
    ),
  },
  {
    name: 'files and folders are named after what they hold',
    concerns: (path) => CODE.test(path),
    breaches: nameBreaches,
  },
  {
    name: 'classes and interfaces are named after what they are',
    concerns: (path) => TYPESCRIPT.test(path),
    breaches: linesMatching(
      /\b(class|interface)\s+(I[A-Z][a-z]\w*|Base[A-Z]\w*|\w+(Manager|Impl|Helper|Util))\b/,
      'no I…, Base…, …Manager, …Impl, …Helper, …Util',
    ),
  },
  {
    name: 'a Lua script says its keys, arguments and answers',
    concerns: (path) => LUA.test(path),
    breaches: luaBreaches,
  },
  {
    name: 'every test file belongs to a tier',
    concerns: (path) => /\.(ts|tsx|mjs|cjs|js)$/.test(path),
    breaches: ({ path }) =>
      /[.-](test|spec)\.[a-z]+$/.test(path) &&
      !/^(apps|libs)\/.*[^.-]\.(spec|medium-spec)\.ts$|^test\/.*\.spec\.ts$/.test(path)
        ? [`${path}: jest runs *.spec.ts and *.medium-spec.ts of apps and libs, and test/**/*.spec.ts`]
        : [],
  },
  {
    name: 'a silenced lint rule says why',
    concerns: (path) => CODE.test(path),
    breaches: linesMatching(/eslint-disable(?!.* -- \S)/, 'write `-- <reason>` behind the rule'),
  },
  {
    name: 'nothing is left for later',
    concerns: (path) => CODE.test(path),
    breaches: linesMatching(/\b(TO[D]O|FIX[M]E|XX[X])\b/, 'do it, or open an issue'),
  },
  {
    name: 'no file speaks of a developer’s machine',
    concerns: (path) => !/^samples\/.*\.csv$|^package-lock\.json$/.test(path),
    breaches: machinePathBreaches,
  },
];
