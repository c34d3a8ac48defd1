import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { RUN_MODES } from '#libs/contracts';
import { parseIcp } from '#libs/domain';
import { toError } from '#libs/kernel';
import { readJsonLines } from '../typed/json-lines';

/** Seen from `dist/apps/cli/src/loadtest`. */
const SAMPLES = join(__dirname, '../../../../../samples/companies.csv');
const COMPANIES_MAX = 1000;

/** Checked here already: the wrong line is named before anything is started. */
const icpPayloadSchema = z.record(z.string(), z.unknown()).superRefine((icp, context) => {
  try {
    parseIcp(JSON.stringify(icp));
  } catch (error) {
    context.addIssue({ code: 'custom', message: toError(error).message });
  }
});

/** What one run of a load test asks for: members of the body of POST /api/orchestrations, so that both ways take the same. */
export const loadPayloadSchema = z.strictObject({
  input: z.string().min(1).default('run full pipeline'),
  icp_payload: icpPayloadSchema.optional(),
  companies: z.array(z.record(z.string(), z.unknown())).min(1).max(COMPANIES_MAX).optional(),
  run_mode: z.enum(RUN_MODES).optional(),
  limit: z.int().min(1).max(1_000_000).optional(),
  budget_micro_usd: z.int().min(0).optional(),
});
export type LoadPayload = z.infer<typeof loadPayloadSchema>;

/** The payloads of the file, or one of the sample companies. Throws `usage` naming the wrong lines. */
export async function loadPayloads(
  file: string | undefined,
  limit: number,
  samples = SAMPLES,
): Promise<LoadPayload[]> {
  const payloads =
    file === undefined
      ? [await samplePayload(samples)]
      : await readJsonLines('--payloads', file, loadPayloadSchema);
  return payloads.map((payload) => ({ limit, ...payload }));
}

async function samplePayload(path: string): Promise<LoadPayload> {
  const csv = await readFile(path);
  const rows: Record<string, string>[] = parse(csv, { columns: true, bom: true });
  const companies = rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')),
  );
  return { input: 'run full pipeline', icp_payload: { industries: ['software'] }, companies };
}
