import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestCell, type TestCell } from '#libs/testing';

/** A window that the gate is to keep and the simulated vendor counts. */
export interface CappedWindow {
  vendor: string;
  /** As the vendor's descriptor and the simulator call it. */
  name: string;
  kind: 'sliding' | 'fixed' | 'anchored';
  limit: number;
  lengthMs: number;
}

export interface CappedCellOptions {
  windows: readonly CappedWindow[];
  /** Terms of tenants, as in `LEADGEN_TENANTS_FILE`. */
  tenants: Readonly<Record<string, unknown>>;
  /** Enrich processes and companies each walks at a time. */
  processes: number;
  concurrency: number;
  /** Settings of single enrich processes, by number. */
  envOf?: (process: number) => Readonly<Record<string, string>>;
}

/** A cell whose vendors have only these windows, on both sides: ours and the simulator's. */
export async function startCappedCell(options: CappedCellOptions): Promise<TestCell> {
  const folder = await mkdtemp(join(tmpdir(), 'leadgen-caps-'));
  const byVendor = Map.groupBy(options.windows, ({ vendor }) => vendor);
  const plans = Object.fromEntries(
    [...byVendor].map(([vendor, windows]) => [
      vendor,
      {
        only_these_windows: true,
        windows: windows.map(({ name, kind, limit, lengthMs }) => ({
          name,
          kind,
          limit,
          length_ms: lengthMs,
        })),
      },
    ]),
  );
  const files = { vendors: join(folder, 'vendors.json'), tenants: join(folder, 'tenants.json') };
  await writeFile(files.vendors, JSON.stringify(plans));
  await writeFile(files.tenants, JSON.stringify(options.tenants));
  const cell = await startTestCell({
    workers: { enrich: 0 },
    api: true,
    env: {
      LEADGEN_VENDORS_FILE: files.vendors,
      LEADGEN_TENANTS_FILE: files.tenants,
      LEADGEN_ENRICH_CONCURRENCY: String(options.concurrency),
      LEADGEN_LOG_LEVEL: 'warn',
    },
  });
  for (const [vendor, windows] of byVendor) {
    const capped = windows.map(({ kind, limit, lengthMs }) => ({ kind, limit, lengthMs }));
    await cell.control('POST', 'caps', { vendor, windows: capped });
  }
  const numbers = Array.from({ length: options.processes }, (_, i) => i);
  await Promise.all(numbers.map((i) => cell.start('enrich', options.envOf?.(i) ?? {})));
  const stop = async (): Promise<void> => {
    await cell.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...cell, stop };
}

/** Posts a run of `companies` new companies of a tenant; answers its id. */
export async function postCompanies(cell: TestCell, tenant: string, companies: number): Promise<string> {
  const response = await fetch(`${String(cell.api?.ready.url)}/api/orchestrations`, {
    method: 'POST',
    headers: { ...(await cell.authorization(tenant)), 'content-type': 'application/json' },
    body: JSON.stringify({
      input: 'run full pipeline',
      icp_payload: {},
      limit: companies,
      companies: Array.from({ length: companies }, (_, n) => ({
        name: `Company ${n} of ${tenant}`,
        website: `${tenant}-company${n}.com`,
      })),
    }),
  });
  if (!response.ok) throw new Error(`posting a run: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { run_id: string }).run_id;
}
