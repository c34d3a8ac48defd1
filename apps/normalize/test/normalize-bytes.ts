import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { companySchema, rejectSchema, type Company, type Reject } from '#libs/contracts';
import {
  normalizeDataset,
  type NormalizedDataset,
  type NormalizeOptions,
} from '../src/intake/normalize-dataset';

export interface NormalizedFiles extends NormalizedDataset {
  companies: Company[];
  rejects: Reject[];
  /** What `onCompany` was called with. */
  announced: Company[];
  /** What was left in the scratch directory. */
  leftBehind: string[];
}

/** Normalizes an input in memory and reads its files back, checked against their schemas. */
export async function normalizeBytes(
  content: Buffer | string,
  overrides: Partial<NormalizeOptions> = {},
): Promise<NormalizedFiles> {
  const scratchDir = mkdtempSync(join(tmpdir(), 'normalize-'));
  const normalized = new CollectedText();
  const rejects = new CollectedText();
  const announced: Company[] = [];
  try {
    const result = await normalizeDataset({
      open: async () => Readable.from([Buffer.from(content)], { objectMode: false }),
      fileName: 'companies.csv',
      scratchDir,
      normalized,
      rejects,
      onCompany: (company) => announced.push(company),
      signal: new AbortController().signal,
      ...overrides,
    });
    return {
      ...result,
      companies: jsonLines(normalized.text).map((line) => companySchema.parse(line)),
      rejects: jsonLines(rejects.text).map((line) => rejectSchema.parse(line)),
      announced,
      leftBehind: readdirSync(scratchDir),
    };
  } finally {
    rmSync(scratchDir, { recursive: true, force: true });
  }
}

class CollectedText extends Writable {
  text = '';

  override _write(piece: Buffer, _encoding: string, done: () => void): void {
    this.text += piece.toString();
    done();
  }
}

function jsonLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}
