import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CellKeys } from '#libs/redis';
import { RunRepository } from '#libs/run-state';
import { serveApi, type ServedApi } from '../../test/served-api';

const PATH = '/api/orchestrations';
const BODY = {
  input: 'run full pipeline',
  icp_payload: { industries: ['software'] },
  companies: [{ name: 'Acme', website: 'acme.example' }],
};
const MANY = 200;

type Answer = Awaited<ReturnType<ServedApi['ask']>>;

describe('POST with an Idempotency-Key', () => {
  let api: ServedApi;

  beforeAll(async () => {
    api = await serveApi({ LEADGEN_API_ACTIVE_RUNS_PER_TENANT: '2' });
  });
  afterAll(() => api.stop());

  const post = (tenant: string, key: string, body: object = BODY): Promise<Answer> =>
    api.ask(tenant, PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
  const runsOf = (tenant: string): Promise<string[]> =>
    new RunRepository(api.redis, new CellKeys('main')).runsOfTenant(tenant);
  const filesOf = async (tenant: string): Promise<string[]> => {
    const entries = await readdir(join(api.dataDir, 'objects'), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.parentPath.includes(tenant))
      .map(({ name }) => name);
  };

  it(`gives ${MANY} at once one run and one stored file: every one gets it, at once or when it asks again`, async () => {
    const first = await Promise.all(Array.from({ length: MANY }, () => post('crowd', 'monday')));
    const refused = first.filter(({ status }) => status !== 202);
    for (const { status, body, headers } of refused) {
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'idempotency_in_flight' });
      expect(headers.get('retry-after')).toBe('1');
    }
    const again = await Promise.all(refused.map(() => post('crowd', 'monday')));
    const answers = [...first.filter(({ status }) => status === 202), ...again];
    expect(answers).toHaveLength(MANY);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
    expect(await runsOf('crowd')).toEqual([answers[0]?.body.run_id]);
    expect(await filesOf('crowd')).toHaveLength(1);
  });

  it('answers as at first, however far the run has come since', async () => {
    const first = await post('replayer', 'k');
    const run = { tenantId: 'replayer', runId: String(first.body.run_id) };
    await new RunRepository(api.redis, api.keys).transition(run, 'cancelled', {
      event: 'run_cancelled',
      message: 'no',
    });
    const again = await post('replayer', 'k');
    expect(again).toMatchObject({ status: 202, text: first.text });
    expect((await api.ask('replayer', `${PATH}/${run.runId}`)).body.state).toBe('cancelled');
  });

  it('takes a body for the same whatever the order of its members, and no other', async () => {
    const { companies, ...rest } = BODY;
    const first = await post('orderer', 'k');
    const same = await post('orderer', 'k', { companies, ...rest });
    expect(same.body.run_id).toBe(first.body.run_id);
    for (const body of [{ ...BODY, limit: 3 }, { ...rest, companies: [{ name: 'Other' }] }, rest]) {
      expect(await post('orderer', 'k', body)).toMatchObject({
        status: 422,
        body: { code: 'idempotency_conflict' },
      });
    }
    expect(await filesOf('orderer')).toHaveLength(1);
  });

  it('leaves the key free when the request is refused', async () => {
    const refusals: [object, number][] = [
      [{ ...BODY, limit: 0 }, 400],
      [{ ...BODY, icp_payload: { industry: [] } }, 400],
      [{ input: 'run full pipeline', dataset_id: 'ds_01M83T0C0N157MS0FWEXFGGEYC' }, 404],
    ];
    for (const [body, status] of refusals) expect((await post('refused', 'k', body)).status).toBe(status);
    const first = await post('refused', 'k');
    expect(first.status).toBe(202);
    await post('refused', 'other');
    expect(await post('refused', 'third')).toMatchObject({ status: 429, body: { code: 'too_many_runs' } });
    const run = { tenantId: 'refused', runId: String(first.body.run_id) };
    await new RunRepository(api.redis, api.keys).transition(run, 'cancelled', {
      event: 'run_cancelled',
      message: 'no',
    });
    expect((await post('refused', 'third', { ...BODY, limit: 7 })).status).toBe(202);
  });

  it.each([
    ['of one character', 'x', 202],
    ['of 255', 'k'.repeat(255), 202],
    ['with blanks and signs', 'tick 2026-11-23T00:00Z "1"', 202],
    ['of 256', 'k'.repeat(256), 400],
    ['without characters', '', 400],
    ['with a letter beyond ASCII', 'schl\u00fcssel', 400],
  ])('answers a key %s accordingly', async (_what, key, status) => {
    expect((await post(`keys-${key.length}`, key)).status).toBe(status);
  });
});
