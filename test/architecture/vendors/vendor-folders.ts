import { readRepositoryFile, repositoryFiles } from '../repository';

/** Folders of libs/vendors that no vendor owns; the boundaries know the same. */
const OURS = new Set(['answers', 'http', 'text', 'registry', 'conformance']);
const VENDORS = 'libs/vendors/src';
const SIMULATED = 'apps/vendor-sim/src/vendors';

/** A vendor as its folder shows it. */
export interface VendorFolder {
  id: string;
  /** All files of the folder, relative to it. */
  files: readonly string[];
  /** Whether it has an API of its own address, and with it answers that can be recorded. */
  hasApi: boolean;
  /** Its line in the list. */
  isListed: boolean;
  /** Its twin in the simulator: a folder, and a line in the list there. */
  isSimulated: boolean;
}

/** Every vendor there is a folder for. */
export function vendorFolders(): VendorFolder[] {
  const files = repositoryFiles();
  const list = readRepositoryFile(`${VENDORS}/registry/vendor-list.ts`);
  const simulatedList = readRepositoryFile(`${SIMULATED}/vendor-list.ts`);
  const ids = new Set(
    files
      .filter((path) => path.startsWith(`${VENDORS}/`))
      .map((path) => path.split('/'))
      .filter(({ length }) => length > 4)
      .map(([, , , folder = '']) => folder)
      .filter((folder) => !OURS.has(folder)),
  );
  return [...ids].map((id) => {
    const folder = `${VENDORS}/${id}/`;
    const own = files.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
    const descriptor = own.includes(`${id}.descriptor.ts`)
      ? readRepositoryFile(`${folder}${id}.descriptor.ts`)
      : '';
    return {
      id,
      files: own,
      hasApi: !/defaultBaseUrl: null\b/.test(descriptor),
      isListed: list.includes(`'../${id}/${id}.adapter'`),
      isSimulated:
        files.some((path) => path.startsWith(`${SIMULATED}/${id}/`)) && simulatedList.includes(`'./${id}/`),
    };
  });
}

/** What is missing in a vendor's folder, or around it. */
export function missingParts({ id, files, hasApi, isListed, isSimulated }: VendorFolder): string[] {
  const parts: [boolean, string][] = [
    [isListed, `a line in ${VENDORS}/registry/vendor-list.ts, which npm run build writes`],
    [files.includes(`${id}.descriptor.ts`), `${id}.descriptor.ts`],
    [files.includes(`${id}.adapter.ts`), `${id}.adapter.ts`],
    [files.some((file) => /\.(spec|medium-spec)\.ts$/.test(file)), 'a spec'],
    [!hasApi || files.some((file) => file.endsWith('.schema.ts')), 'a schema of its answers'],
    [!hasApi || files.some((file) => /^recordings\/.*\.json$/.test(file)), 'recordings/*.json'],
    [!hasApi || isSimulated, `a folder and a line in ${SIMULATED}`],
  ];
  return parts.filter(([isThere]) => !isThere).map(([, part]) => `${id}: ${part}`);
}

/** Where packages are named: a vendor's own client may have the vendor's name. */
const PACKAGES = new Set(['package.json', '.dependency-cruiser.cjs']);

/** Data about the web, which vendors are a part of: whose domain is no company's own. */
const WEB_DATA = new Set(['libs/domain/src/normalize/domain/platforms.ts']);

/** Where a vendor may be named: what is its own, lists and prose. Tests may name it as an example. */
function isOwnPlace(path: string, id: string): boolean {
  return (
    path.startsWith(`${VENDORS}/${id}/`) ||
    path.startsWith(`${SIMULATED}/${id}/`) ||
    path === `${VENDORS}/registry/vendor-list.ts` ||
    PACKAGES.has(path) ||
    WEB_DATA.has(path) ||
    path === `${SIMULATED}/vendor-list.ts`
  );
}

const CODE = /^(apps|libs|bench|scripts)\/.*\.(ts|mjs|cjs|lua|json)$|^[^/]+\.(json|cjs|mjs)$/;
const TEST =
  /\.(spec|medium-spec)\.ts$|conformance\.ts$|^libs\/testing\/|^(apps|libs)\/[^/]+\/test\/|^package-lock\.json$/;

export interface SourceText {
  path: string;
  text: string;
}

/**
 * Where a file outside the vendor's own places names it, in any spelling: `acme`, `acmeVendor`, `VENDOR_ACME_API_KEY`.
 * A vendor whose id is an ordinary word is looked for as a literal only.
 */
export function strayMentions(id: string, isWord: boolean, { path, text }: SourceText): string[] {
  if (!CODE.test(path) || TEST.test(path) || isOwnPlace(path, id)) return [];
  const mention = isWord ? new RegExp(`['"\`]${id}['"\`]|VENDOR_${id.toUpperCase()}_`) : new RegExp(id, 'i');
  return text
    .split('\n')
    .flatMap((line, i) => (mention.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : []));
}
