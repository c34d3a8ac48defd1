import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { format, resolveConfig } from 'prettier';

/** Writes docs/industries.md from the taxonomy (built into dist/); with --check only compares. */
const TARGET = new URL('../docs/industries.md', import.meta.url);
const require = createRequire(import.meta.url);
const { industriesDocument } = require('../dist/libs/domain/src/index.js');

const options = await resolveConfig(TARGET);
const document = await format(industriesDocument(), { ...options, parser: 'markdown' });

if (process.argv.includes('--check')) {
  if (readFileSync(TARGET, 'utf8') !== document) {
    console.error(
      'docs/industries.md is not what the taxonomy says: run npm run build && node scripts/generate-industries.mjs',
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(TARGET, document);
}
