import { readRepositoryFile, repositoryFiles } from '../repository';
import { missingParts, strayMentions, vendorFolders, type VendorFolder } from './vendor-folders';

/** Ids that are words of our own language as well. */
const WORDS = new Set(['web']);
/** The websites' one place in the simulator, which has no folder of vendors for them. */
const WEBSITES = 'apps/vendor-sim/src/websites/';

describe('a vendor', () => {
  const folders = vendorFolders();
  const files = repositoryFiles();

  it('is found by its folder', () => {
    expect(folders.length).toBeGreaterThanOrEqual(3);
  });

  it.each(folders)('$id has all its parts', (folder) => {
    expect(missingParts(folder)).toEqual([]);
  });

  it.each(folders)('$id is named nowhere else', ({ id }) => {
    const elsewhere = files.filter((path) => !(WORDS.has(id) && path.startsWith(WEBSITES)));
    const mentions = elsewhere.flatMap((path) =>
      strayMentions(id, WORDS.has(id), { path, text: readRepositoryFile(path) }),
    );
    expect(mentions).toEqual([]);
  });
});

describe('the check itself', () => {
  const whole: VendorFolder = {
    id: 'acme',
    files: [
      'acme.descriptor.ts',
      'acme.adapter.ts',
      'answer.schema.ts',
      'acme.adapter.spec.ts',
      'recordings/ok.json',
    ],
    hasApi: true,
    isListed: true,
    isSimulated: true,
  };
  const without = (file: string): VendorFolder => ({
    ...whole,
    files: whole.files.filter((name) => name !== file),
  });

  it('is content with a whole vendor, and with one that has no API', () => {
    expect(missingParts(whole)).toEqual([]);
    const crawler = ['acme.descriptor.ts', 'acme.adapter.ts', 'crawl.medium-spec.ts'];
    expect(missingParts({ ...whole, hasApi: false, isSimulated: false, files: crawler })).toEqual([]);
  });

  it.each([...whole.files.map(without), { ...whole, isListed: false }, { ...whole, isSimulated: false }])(
    'misses what is not there (%#)',
    (folder) => {
      expect(missingParts(folder)).toHaveLength(1);
    },
  );

  it.each([
    ['apps/enrich/src/walk/a.ts', "if (vendor === 'acme') return;"],
    ['apps/cli/src/a.ts', 'const key = env.VENDOR_ACME_API_KEY;'],
    ['libs/vendors/src/http/a.ts', "import { acmeVendor } from '../acme/acme.adapter';"],
    ['libs/config/src/a.ts', '// Acme sends 403 for this.'],
    ['apps/vendor-sim/src/control/a.ts', "vendor === 'acme'"],
  ])('sees a vendor in %s: %s', (path, text) => {
    expect(strayMentions('acme', false, { path, text })).toHaveLength(1);
  });

  it.each([
    ['libs/vendors/src/acme/a.ts', "id: 'acme'"],
    ['libs/vendors/src/registry/vendor-list.ts', 'acmeVendor'],
    ['apps/vendor-sim/src/vendors/acme/a.ts', "id: 'acme'"],
    ['apps/vendor-sim/src/vendors/vendor-list.ts', 'acme'],
    ['apps/vendor-sim/test/a.ts', 'acme'],
    ['libs/domain/src/walk/a.spec.ts', 'acme'],
    ['docs/vendors.md', 'acme'],
    ['package.json', '"acme": "1.0.0"'],
  ])('spares %s', (path, text) => {
    expect(strayMentions('acme', false, { path, text })).toEqual([]);
  });
});
