import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

/**
 * What a package loads only where it is installed: Nest all that we do not use of it (and what another version of a package
 * would have), msgpackr a faster reader of its own in machine code. It stays a call that fails when it is made, which each of
 * them expects.
 */
const OPTIONAL = [
  '@fastify/*',
  '@nestjs/microservices',
  '@nestjs/microservices/*',
  '@nestjs/websockets',
  '@nestjs/websockets/*',
  'class-transformer/storage',
  'msgpackr-extract',
];

/** Packages whose files are served, not run; they are copied (`runtime-files.mjs`). */
export const STATIC_PACKAGES = ['@bull-board/ui', 'swagger-ui-dist'];

/** Where an ES module asks for its own address, it is told that of the bundle. */
const OWN_ADDRESS = 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;';

const NO_FAILPOINT = 'exports.failpoint = () => {};\n';

/**
 * Bundles each built app into `<out>/dist/apps/<app>/src/main.js`, the place it has in a checkout: what it finds by its own
 * place, it finds there as well. Not minified and without a map: a stack names functions and lines that can be read in it.
 * Answers `{ bytes, packages }`, the first by app. Throws where a package would look for files beside itself, which a bundle
 * has not.
 */
export async function bundleApps({ root, out, apps }) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: apps.map((app) => `${placeOf(app)}/main.js`),
    outdir: out,
    outbase: root,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // Nest and class-validator speak of classes by their names.
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
    external: [...OPTIONAL, ...STATIC_PACKAGES.flatMap((name) => [name, `${name}/*`])],
    banner: { js: OWN_ADDRESS },
    define: { 'import.meta.url': 'bundleUrl' },
    plugins: [withoutFailpoints(), knowingItsPlace(root), requiringWhatIsBundled()],
  });
  const inputs = Object.keys(metafile.inputs);
  refusePlaceSeekers(root, inputs);
  const bytes = apps.map((app) => [app, statSync(join(out, placeOf(app), 'main.js')).size]);
  return { bytes: Object.fromEntries(bytes), packages: packagesOf(inputs) };
}

const placeOf = (app) => `dist/apps/${app}/src`;

/** No environment ends or freezes a process that runs from an image. */
function withoutFailpoints() {
  return {
    name: 'without failpoints',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\/dist\/libs\/config\/src\/failpoint\.js$/ }, () => ({ contents: NO_FAILPOINT }));
    },
  };
}

/** A module of ours that looks for a file beside itself looks where it stood before it was bundled. */
function knowingItsPlace(root) {
  return {
    name: 'knowing its place',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\/dist\/(apps|libs)\/.*\.js$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!text.includes('__dirname')) return undefined;
        // Every bundle stands as deep as this one.
        const beside = relative(join(root, placeOf('any')), dirname(path));
        const itsPlace = `require("node:path").join(__dirname, ${JSON.stringify(beside)})`;
        return { contents: text.replace(/\b__dirname\b/g, itsPlace), loader: 'js' };
      });
    },
  };
}

/**
 * Nest makes itself a `require` that no bundler sees through (evanw/esbuild#1828); without it the plain one is meant, and
 * what it asks for comes along.
 */
function requiringWhatIsBundled() {
  const OWN_REQUIRE = /^const require = createRequire\(import\.meta\.url\);$/m;
  return {
    name: 'requiring what is bundled',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\/node_modules\/@nestjs\/.*\.js$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        return OWN_REQUIRE.test(text) ? { contents: text.replace(OWN_REQUIRE, ''), loader: 'js' } : undefined;
      });
    },
  };
}

/** Files of packages that name their own place, and why nothing is missing there. */
const HARMLESS = [
  // Workers of log transports; our log is written by the process itself.
  /\/(thread-stream\/index|pino\/lib\/transport)\.js$/,
  // To leave their own lines out of a stack.
  /\/(ioredis\/built\/Command|undici\/index)\.js$/,
  // From here msgpackr-extract is looked for, which is left out.
  /\/msgpackr\/dist\/node\.cjs$/,
  // Jobs in files of their own, and jobs in PostgreSQL: ours are handlers, and in Redis.
  /\/bullmq\/dist\/cjs\/(classes\/worker|postgres\/sql-scripts)\.js$/,
  // Text of a template's own code, words of a comment.
  /\/(ejs\/lib\/cjs\/ejs|commander\/lib\/command|@colors\/colors\/lib\/colors)\.js$/,
  // Where a gRPC service would be described.
  /\/@nestjs\/terminus\/dist\/health-indicator\/microservice\/grpc\.health\.js$/,
];

function refusePlaceSeekers(root, inputs) {
  const seekers = inputs.filter(
    (input) =>
      /node_modules\/.*\.[cm]?js$/.test(input) &&
      !HARMLESS.some((file) => file.test(input)) &&
      /\b__(dirname|filename)\b|import\.meta\.(dirname|filename)/.test(
        readFileSync(join(root, input), 'utf8'),
      ),
  );
  if (seekers.length === 0) return;
  throw new Error(
    `these look for files beside themselves, which a bundle has not: ${seekers.join(', ')}. ` +
      'Copy the package (STATIC_PACKAGES), or say in HARMLESS why nothing is missing',
  );
}

/** `node_modules/a/node_modules/@b/c/dist/x.js` → `node_modules/a/node_modules/@b/c`. */
function packagesOf(inputs) {
  const folders = inputs.map((input) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))];
}
