import { RunRepository, type RunRef } from '#libs/run-state';
import { callIdOf, RedisGate, type CallRequest } from '#libs/vendor-gate';
import type { ApiRoute } from './api-routes';
import type { ServedApi } from './served-api';

/** Stands in everything that the owner has, and must never be in an answer to anybody else. */
export const CANARY = 'canary';

const COMPANY_ID = 'c_aaaaaaaaaaaaaaaa';
const RUN = {
  input: `run full pipeline for ${CANARY}`,
  icp_payload: {},
  companies: [{ name: `${CANARY} Ltd`, website: `${CANARY}.example` }],
};

/**
 * A body that each route takes which takes one. A route that is new is to be added here: the tests of access and of
 * mass assignment then ask it, too.
 */
const VALID_BODIES: Readonly<Record<string, Record<string, unknown>>> = {
  'POST /api/orchestrations': RUN,
  'POST /api/orchestrations/:id/retry': { dry_run: true },
  'POST /api/orchestrations/:id/webhook-deliveries': {},
  'POST /api/doubts/:id/resolve': { outcome: 'charged' },
  'PUT /api/tenants/me/icp': { icp: { industries: ['software'], keywords: [CANARY] } },
  'PUT /api/tenants/me/profile': { name: CANARY, offering: CANARY },
  'PUT /api/tenants/me/exclusions': { entries: [{ kind: 'customer', domain: `${CANARY}.example` }] },
  'POST /api/tenants/me/exclusions': { entries: [{ kind: 'customer', name: `${CANARY} partner` }] },
  'PUT /api/tenants/me/vendors/:vendor/credential': { api_key: `${CANARY}-key` },
  'PUT /api/tenants/me/webhook': { url: `https://${CANARY}.example.com/hook` },
  'POST /api/tenants/me/erasures': { domain: 'gone.example' },
  'POST /api/tenants/me/suppressions': { entries: [{ kind: 'email', value: `jane@${CANARY}.example` }] },
  'POST /api/tenants/me/suppressions/check': {
    entries: [{ kind: 'email', value: `jane@${CANARY}.example` }],
  },
};

/** Routes that are sent something else than JSON, or nothing. */
const WITHOUT_JSON: ReadonlySet<string> = new Set([
  'POST /api/datasets',
  'POST /api/orchestrations/:id/pause',
  'POST /api/orchestrations/:id/resume',
  'POST /api/orchestrations/:id/cancel',
]);

/** Removals that say "it is not there" in any case, and so the same of what is another tenant's. */
export const SAYS_GONE_ANYWAY: ReadonlySet<string> = new Set([
  'DELETE /api/tenants/me/exclusions/:id',
  'DELETE /api/tenants/me/suppressions/:id',
]);

/** What their paths name is everybody's: a tenant has its own behind the same name. */
export const NAMES_WHAT_IS_SHARED: ReadonlySet<string> = new Set([
  'PUT /api/tenants/me/vendors/:vendor/credential',
  'DELETE /api/tenants/me/vendors/:vendor/credential',
]);

export const nameOf = ({ method, path }: ApiRoute): string => `${method} ${path}`;

/** Undefined: the route takes no JSON. Throws for a route that nobody has decided that of. */
export function validBodyOf(route: ApiRoute): Record<string, unknown> | undefined {
  const name = nameOf(route);
  if (route.method === 'GET' || route.method === 'DELETE' || WITHOUT_JSON.has(name)) return undefined;
  const body = VALID_BODIES[name];
  if (!body)
    throw new Error(`${name} is new: give it a body in owned-things.ts, so that its access is tested`);
  return body;
}

/** What a tenant has, by the path to it; and ids of the same kind that nobody has. */
export class OwnedThings {
  private constructor(private readonly ids: ReadonlyMap<string, { owned: string; unknown: string }>) {}

  /** Lets the tenant have one of everything that a path can name. */
  static async of(api: ServedApi, tenant: string): Promise<OwnedThings> {
    const post = async (
      path: string,
      body: string,
      type = 'application/json',
    ): Promise<Record<string, unknown>> => {
      const answer = await api.ask(tenant, path, { method: 'POST', body, headers: { 'content-type': type } });
      if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
      return answer.body;
    };
    const put = async (path: string, body: string): Promise<void> => {
      const answer = await api.ask(tenant, path, {
        method: 'PUT',
        body,
        headers: { 'content-type': 'application/json' },
      });
      if (answer.status >= 300) throw new Error(`PUT ${path}: ${answer.status} ${answer.text}`);
    };
    const bodyOf = (path: string): string => JSON.stringify(VALID_BODIES[`POST ${path}`]);
    const runId = String((await post('/api/orchestrations', bodyOf('/api/orchestrations'))).run_id);
    const doubt = await doubtOf(api, { tenantId: tenant, runId });
    const dataset = await post('/api/datasets?name=canary.csv', `name\n${CANARY}\n`, 'text/csv');
    await post('/api/tenants/me/exclusions', bodyOf('/api/tenants/me/exclusions'));
    const exclusions = (await api.ask(tenant, '/api/tenants/me/exclusions')).body.data as { id: string }[];
    const { data: suppressed } = await post(
      '/api/tenants/me/suppressions',
      bodyOf('/api/tenants/me/suppressions'),
    );
    const erasure = await post('/api/tenants/me/erasures', bodyOf('/api/tenants/me/erasures'));
    const credential = '/api/tenants/me/vendors/hunter/credential';
    const keyBody = JSON.stringify(VALID_BODIES['PUT /api/tenants/me/vendors/:vendor/credential']);
    await put(credential, keyBody);
    const webhook = '/api/tenants/me/webhook';
    await put(webhook, JSON.stringify(VALID_BODIES[`PUT ${webhook}`]));
    return new OwnedThings(
      new Map([
        ['/api/orchestrations/:id', { owned: runId, unknown: 'run_01M83T0C0N157MS0FWEXFGGEYC' }],
        ['/api/tenants/me/erasures/:id', { owned: String(erasure.id), unknown: `era_${'a'.repeat(16)}` }],
        ['/api/tenants/me/vendors/:vendor', { owned: 'hunter', unknown: 'nobody' }],
        ['/api/doubts/:id', { owned: doubt, unknown: `dbt_${'a'.repeat(26)}` }],
        [
          '/api/datasets/:id',
          { owned: String(dataset.dataset_id), unknown: 'ds_01M83T0C0N157MS0FWEXFGGEYC' },
        ],
        [
          '/api/tenants/me/exclusions/:id',
          { owned: exclusions[0]?.id ?? '', unknown: `x_${'a'.repeat(16)}` },
        ],
        [
          '/api/tenants/me/suppressions/:id',
          { owned: (suppressed as { id: string }[])[0]?.id ?? '', unknown: 'a'.repeat(43) },
        ],
      ]),
    );
  }

  /** The route's path to what the tenant has, or to what nobody has. Throws for a path to a kind of thing that is new. */
  pathOf({ path }: ApiRoute, which: 'owned' | 'unknown'): string {
    let known = '';
    let real = '';
    for (const part of path.split('/').slice(1)) {
      known += `/${part}`;
      if (!part.startsWith(':')) {
        real += `/${part}`;
        continue;
      }
      const id = this.ids.get(known);
      if (!id)
        throw new Error(
          `${known} is new: let the tenant have one in owned-things.ts, so that its access is tested`,
        );
      real += `/${id[which]}`;
    }
    return real;
  }
}

/** Lets a run make a call that nobody knows the end of, and end itself, so that the stream of its events ends, too. */
async function doubtOf(api: ServedApi, run: RunRef): Promise<string> {
  const runs = new RunRepository(api.redis, api.keys);
  await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
  const call: CallRequest = {
    callId: callIdOf({
      runId: run.runId,
      companyId: COMPANY_ID,
      epoch: 0,
      hop: 0,
      step: 'contacts',
      vendor: 'hunter',
    }),
    ...run,
    companyId: COMPANY_ID,
    vendor: 'hunter',
    simulated: true,
    op: 'find_contacts',
    input: { domain: `${CANARY}.example`, titles: [] },
    cap: { id: 'sim-hunter', concurrency: 10, windows: [] },
    budgets: { run: null, tenantDay: null, vendorDay: null },
    maxCostMicro: 1,
    deadlineMs: 10_000,
    repeatable: false,
    subjects: () => [],
    from: 'inline',
  };
  const gate = new RedisGate(api.redis, api.keys);
  const grant = await gate.acquire(call);
  if (grant.kind !== 'granted') throw new Error(`expected a grant, got ${grant.kind}`);
  await gate.settle(call, grant, { kind: 'doubt' }, {});
  await runs.transition(run, 'cancelled', { event: 'run_cancelled', message: `${CANARY} says stop` });
  const { status, body, text } = await api.ask(run.tenantId, '/api/doubts');
  const [doubt] = (body as { data?: { doubt_id: string }[] }).data ?? [];
  if (!doubt) throw new Error(`expected a doubt, got ${status} ${text}`);
  return doubt.doubt_id;
}
