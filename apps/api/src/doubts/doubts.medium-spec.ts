import { AuditLog } from '#libs/audit';
import { dayOf } from '#libs/run-state';
import { companyNumber, untilDayLasts } from '#libs/testing';
import { callIdOf, RedisGate, RedisGateOperations, type CallRequest, type Doubt } from '#libs/vendor-gate';
import { LeadRun } from '../../test/lead-run';
import { serveApi, type ServedApi } from '../../test/served-api';
import type { DoubtPageView } from './doubt.view';

const COST = 25_000;

let api: ServedApi;
beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api.stop());

const callOf = (run: LeadRun, n: number): CallRequest => ({
  callId: callIdOf({
    runId: run.id,
    companyId: companyNumber(n).company_id,
    epoch: 0,
    hop: 0,
    step: 'contacts',
    vendor: 'hunter',
  }),
  ...run.run,
  companyId: companyNumber(n).company_id,
  vendor: 'hunter',
  simulated: true,
  op: 'find_contacts',
  input: { domain: `company-${n}.of-${run.id}.com`, titles: [] },
  cap: { id: 'sim-hunter', concurrency: 100, windows: [] },
  budgets: { run: null, tenantDay: null, vendorDay: null },
  maxCostMicro: COST,
  deadlineMs: 10_000,
  repeatable: false,
  subjects: () => [],
  from: 'inline',
});

/** A run of which so many calls were sent and never answered. */
async function doubtfulRun(tenant: string, calls: number): Promise<LeadRun> {
  const run = await LeadRun.going(api, { tenant, ends: Array.from({ length: calls }, () => undefined) });
  const gate = new RedisGate(api.redis, api.keys);
  for (let n = 0; n < calls; n += 1) {
    const call = callOf(run, n);
    const grant = await gate.acquire(call);
    if (grant.kind !== 'granted') throw new Error(`expected a grant, got ${grant.kind}`);
    await gate.settle(call, grant, { kind: 'doubt' }, {});
  }
  return run;
}

async function list(tenant: string, path = '/api/doubts'): Promise<DoubtPageView> {
  const answer = await api.ask(tenant, path);
  expect(answer.status).toBe(200);
  return answer.body as unknown as DoubtPageView;
}

const resolve = (tenant: string, id: string, body: unknown) =>
  api.ask(tenant, `/api/doubts/${id}/resolve`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('calls in doubt', () => {
  it('are listed with what was asked of whom, and what it may have cost', async () => {
    const run = await doubtfulRun('lister', 1);
    const expected = {
      doubt_id: expect.stringMatching(/^dbt_[a-z2-7]{26}$/) as string,
      run_id: run.id,
      company_id: companyNumber(0).company_id,
      vendor: 'hunter',
      operation: 'find_contacts',
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      max_cost_micro_usd: COST,
      simulated: true,
    };
    expect(await list('lister')).toEqual({ data: [expected], next_cursor: null });
    expect(await list('lister', `/api/orchestrations/${run.id}/doubts`)).toEqual({
      data: [expected],
      next_cursor: null,
    });
  });

  it('are listed page by page, each once, of the tenant or of one run', async () => {
    const [first, second] = [await doubtfulRun('pager', 3), await doubtfulRun('pager', 4)];
    const all: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page = await list('pager', `/api/doubts?limit=2${query}`);
      all.push(...page.data.map(({ doubt_id: id }) => id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(all).toHaveLength(7);
    expect(new Set(all).size).toBe(7);
    const ofRun = async (run: LeadRun): Promise<(string | null)[]> =>
      (await list('pager', `/api/orchestrations/${run.id}/doubts?limit=200`)).data.map(
        ({ run_id: id }) => id,
      );
    expect(await ofRun(first)).toEqual(Array.from({ length: 3 }, () => first.id));
    expect(await ofRun(second)).toEqual(Array.from({ length: 4 }, () => second.id));
  });

  it('that were charged stay charged, are never made again, and leave the list', async () => {
    const run = await doubtfulRun('charged', 1);
    const id = String((await list('charged')).data[0]?.doubt_id);
    const answer = { doubt_id: id, outcome: 'charged', refunded_micro_usd: 0 };
    expect(await resolve('charged', id, { outcome: 'charged' })).toMatchObject({ status: 200, body: answer });
    expect((await list('charged')).data).toEqual([]);
    const again = await new RedisGate(api.redis, api.keys).acquire({ ...callOf(run, 0), callId: 'again' });
    expect(again.kind).toBe('in_doubt');
  });

  it('that were not charged are taken back, once, however often and at once that is said', async () => {
    await untilDayLasts(20_000);
    const run = await doubtfulRun('refunded', 1);
    const usage = async (): Promise<unknown> => {
      const day = dayOf(Date.now());
      return (await api.ask('refunded', `/api/usage?from=${day}&to=${day}`)).body.simulated_total;
    };
    expect(await usage()).toMatchObject({ calls: 1, cost_micro_usd: COST });
    const id = String((await list('refunded')).data[0]?.doubt_id);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => resolve('refunded', id, { outcome: 'not_charged' })),
    );
    answers.push(await resolve('refunded', id, { outcome: 'not_charged' }));
    for (const { status, body } of answers) {
      expect([status, body]).toEqual([
        200,
        { doubt_id: id, outcome: 'not_charged', refunded_micro_usd: COST },
      ]);
    }
    expect(await usage()).toMatchObject({ calls: 1, cost_micro_usd: 0 });
    expect(await resolve('refunded', id, { outcome: 'charged' })).toMatchObject({
      status: 409,
      body: { code: 'doubt_resolved' },
    });
    const gate = new RedisGate(api.redis, api.keys);
    const call = { ...callOf(run, 0), callId: 'again' };
    const grant = await gate.acquire(call);
    expect(grant.kind).toBe('granted');
    // In doubt once more, it is another doubt.
    if (grant.kind === 'granted') await gate.settle(call, grant, { kind: 'doubt' }, {});
    const [again] = (await list('refunded')).data;
    expect(again?.doubt_id).not.toBe(id);
  });

  it('are resolved on record: by whom, as what, how much was taken back', async () => {
    await doubtfulRun('audited', 1);
    const id = String((await list('audited')).data[0]?.doubt_id);
    await resolve('audited', id, { outcome: 'not_charged' });
    await resolve('audited', id, { outcome: 'not_charged' });
    const { entries } = await new AuditLog(api.redis, api.keys).read({ tenantId: 'audited' });
    expect(entries).toMatchObject([
      {
        actor: expect.stringMatching(/^key:/) as string,
        action: 'doubt.resolved',
        target: id,
        details: { outcome: 'not_charged', vendor: 'hunter', refunded_micro_usd: COST },
      },
    ]);
  });

  it('of somebody else, unknown and malformed ones are the same 404, and nothing happens to them', async () => {
    await doubtfulRun('owner', 1);
    const id = String((await list('owner')).data[0]?.doubt_id);
    const [owned] = await new RedisGateOperations(api.redis, api.keys).doubts('owner');
    const { ledgerKey, callId } = owned as Doubt;
    const answers = await Promise.all(
      [id, `dbt_${'a'.repeat(26)}`, 'x', ledgerKey, callId].map((one) =>
        resolve('thief', encodeURIComponent(one), { outcome: 'not_charged' }),
      ),
    );
    // Nor does its owner reach it by anything but its id.
    answers.push(await resolve('owner', encodeURIComponent(callId), { outcome: 'not_charged' }));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 404, body: answers[0]?.body });
      expect(answer.body.code).toBe('doubt_not_found');
    }
    expect((await list('owner')).data).toHaveLength(1);
    expect((await list('thief')).data).toEqual([]);
  });

  it.each([{}, { outcome: 'maybe' }, { outcome: 'charged', tenant_id: 'owner' }])(
    'are not resolved by %j',
    async (body) => {
      expect((await resolve('acme', `dbt_${'a'.repeat(26)}`, body)).status).toBe(400);
    },
  );
});
