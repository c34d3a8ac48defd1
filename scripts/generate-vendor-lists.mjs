// Writes the lists of vendors, and of simulated ones, as their folders say them. From the sources alone: every build begins with
// it, so that a new vendor is a new folder.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { publishGenerated } from './generated/publish-generated.mjs';

const root = join(import.meta.dirname, '..');

const LISTS = [
  {
    path: 'libs/vendors/src/registry/vendor-list.ts',
    folders: 'libs/vendors/src',
    /** What makes a folder one of them. */
    file: (id) => `${id}.adapter.ts`,
    member: (id) => `${id}Vendor`,
    from: (id) => `../${id}/${id}.adapter`,
    type: "import type { Vendor } from '../vendor.port';",
    says: 'Every vendor there is: each folder with an adapter.',
    head: 'export const VENDORS: readonly Vendor[]',
  },
  {
    path: 'apps/vendor-sim/src/vendors/vendor-list.ts',
    folders: 'apps/vendor-sim/src/vendors',
    file: (id) => `${id}.ts`,
    member: (id) => id,
    from: (id) => `./${id}/${id}`,
    type: "import type { SimulatedVendor } from './simulated-vendor.port';",
    says: 'Every simulated vendor: each folder here. Company websites stand beside, in `websites/`.',
    head: 'export const SIMULATED_VENDORS: readonly SimulatedVendor[]',
  },
];

function listText({ folders, file, member, from, type, says, head }) {
  const ids = readdirSync(join(root, folders))
    .filter((name) => existsSync(join(root, folders, name, file(name))))
    .sort();
  return `
${ids.map((id) => `import { ${member(id)} } from '${from(id)}';`).join('\n')}
${type}

/**
 * ${says}
 * Written by scripts/generate-vendor-lists.mjs, and so by every build.
 */
${head} = [${ids.map(member).join(', ')}];
`;
}

const files = LISTS.map((list) => [list.path, listText(list)]);

process.exitCode = await publishGenerated(Object.fromEntries(files), { script: 'generate-vendor-lists.mjs' });
