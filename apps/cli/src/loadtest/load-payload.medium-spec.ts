import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../test/leadgen';
import { loadPayloads } from './load-payload.schema';

describe('payloads', () => {
  it('are, without a file, the sample companies, with the limit', async () => {
    const [payload, ...more] = await loadPayloads(undefined, 7, join(ROOT, 'samples/companies.csv'));
    expect(more).toEqual([]);
    expect(payload).toMatchObject({ limit: 7, icp_payload: { industries: ['software'] } });
    expect(payload?.companies).toHaveLength(240);
  });

  it('of a file keep their own limit; a wrong one is named by its line before anything is started', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'leadgen-payloads-'));
    const file = join(folder, 'payloads.jsonl');
    try {
      await writeFile(file, '{"companies":[{"name":"A"}],"limit":3}\n{"input":"dry run"}\n');
      expect(await loadPayloads(file, 7)).toEqual([
        { input: 'run full pipeline', companies: [{ name: 'A' }], limit: 3 },
        { input: 'dry run', limit: 7 },
      ]);
      await writeFile(file, '{}\n{"icp_payload":{"industries":["softwear"]}}\n{"tenant_id":"x"}\n');
      await expect(loadPayloads(file, 7)).rejects.toThrow(
        /line 2: icp_payload: .*nearest are "software".*; line 3: the line: .*tenant_id/,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
