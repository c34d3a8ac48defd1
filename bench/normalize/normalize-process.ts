import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { compileIcp, createShortlist, matchIcp } from '#libs/domain';
import { normalizeDataset } from '../../apps/normalize/src/intake/normalize-dataset';
import type { MeasuredRun } from './measured-run';

/** A process that normalizes and shortlists one file, as the worker does, and tells its parent what that took. */
async function main([file = '', directory = '']: string[]): Promise<void> {
  const icp = compileIcp({ industries: ['software'] });
  const shortlist = createShortlist({ limit: 50, waiting: 1_000 });
  const started = performance.now();
  const { totals } = await normalizeDataset({
    open: async () => createReadStream(file),
    fileName: file,
    scratchDir: directory,
    normalized: createWriteStream(join(directory, 'normalized.jsonl')),
    rejects: createWriteStream(join(directory, 'rejects.jsonl')),
    onCompany: (company) => shortlist.add(company, matchIcp(company, icp)),
    signal: new AbortController().signal,
  });
  shortlist.result();
  const run: MeasuredRun = {
    totals,
    elapsedMs: performance.now() - started,
    rssMaxBytes: process.resourceUsage().maxRSS * 1_024,
  };
  process.send?.(run);
}

void main(process.argv.slice(2));
