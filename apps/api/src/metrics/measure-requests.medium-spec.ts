import { METRICS } from '#libs/cell';
import type { Metrics } from '#libs/observability';
import { parseExposition, waitUntil } from '#libs/testing';
import { serveApi, type ServedApi } from '../../test/served-api';
import { HealthController } from '../health/health.controller';

const METRIC = 'leadgen_http_request_duration_seconds_count';
const RUNS = '/api/orchestrations';
const RUN = { input: 'run full pipeline', icp_payload: {}, companies: [{ name: 'A', website: 'a.com' }] };

interface Labels {
  route?: string;
  method?: string;
  status_class?: string;
}

describe('how long requests take', () => {
  let api: ServedApi;

  beforeAll(async () => {
    api = await serveApi();
  });
  afterAll(() => api.stop());

  async function measured(): Promise<{ text: string; count: (labels?: Labels) => number }> {
    const text = await api.app.get<Metrics>(METRICS).text();
    const exposed = parseExposition(text);
    return { text, count: (labels = {}) => exposed.sum(METRIC, { ...labels }) };
  }

  /** By how many a series grows: a request is measured when its connection is done with it, right after its answer. */
  async function grownBy(
    labels: Labels,
    requests: () => Promise<unknown>,
  ): Promise<{ grown: number; others: number }> {
    const before = await measured();
    await requests();
    await waitUntil(async () => (await measured()).count(labels) > before.count(labels), {
      timeoutMs: 10_000,
      what: `${JSON.stringify(labels)} is measured`,
    });
    const after = await measured();
    const grown = after.count(labels) - before.count(labels);
    return { grown, others: after.count() - before.count() - grown };
  }

  it('is told by the pattern of the route, never by what a client wrote into it', async () => {
    const labels = { route: `${RUNS}/{id}`, method: 'GET', status_class: '4xx' };
    expect(await grownBy(labels, () => api.ask('acme', `${RUNS}/canary-thread`))).toEqual({
      grown: 1,
      others: 0,
    });
    expect((await measured()).text).not.toContain('canary-thread');
  });

  it('is told together of all that no route of ours serves, and of methods that nobody uses', async () => {
    const found = { route: 'other', method: 'GET', status_class: '4xx' };
    await grownBy(found, () => api.ask('acme', '/wp-admin/canary.php'));
    await grownBy({ method: 'other' }, () => api.ask('acme', RUNS, { method: 'PROPFIND' }));
    const unreadable = { route: 'other', method: 'POST', status_class: '4xx' };
    const init = { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } };
    await grownBy(unreadable, () => api.ask('acme', RUNS, init));
    expect((await measured()).text).not.toMatch(/canary|PROPFIND/);
  });

  it('is told of faults of ours as such', async () => {
    const labels = { route: RUNS, method: 'POST', status_class: '5xx' };
    await api.redis.config('SET', 'maxmemory', 1);
    try {
      expect(await grownBy(labels, () => api.send('POST', RUNS, { body: RUN }))).toEqual({
        grown: 1,
        others: 0,
      });
    } finally {
      await api.redis.config('SET', 'maxmemory', 0);
    }
  });

  it('is not told of what takes as long as it is meant to: waiting for a run, and streams of its events', async () => {
    const labels = { route: RUNS, method: 'POST', status_class: '2xx' };
    const { grown, others } = await grownBy(labels, async () => {
      const waited = await api.send('POST', RUNS, { body: RUN, headers: { prefer: 'wait=1' } });
      expect(waited.status).toBe(202);
      const which = `${RUNS}/${String(waited.body.run_id)}`;
      expect((await api.send('POST', `${which}/cancel`)).status).toBe(200);
      const stream = await api.ask('acme', `${which}/events`);
      expect([stream.headers.get('content-type'), stream.text]).toEqual([
        expect.stringContaining('text/event-stream'),
        expect.stringContaining('run_cancelled'),
      ]);
      expect((await api.send('POST', RUNS, { body: RUN })).status).toBe(202);
    });
    // The cancel.
    expect({ grown, others }).toEqual({ grown: 1, others: 1 });
  });

  it('is not told of probes, which would be most of it, and of whose 503 a stopping process is proud', async () => {
    const labels = { route: RUNS, method: 'GET', status_class: '2xx' };
    const { grown, others } = await grownBy(labels, async () => {
      expect((await api.ask('acme', '/health/live')).status).toBe(200);
      expect((await api.ask('acme', '/health/ready')).status).toBe(200);
      api.app.get(HealthController).leave();
      expect((await api.ask('acme', '/health/ready')).status).toBe(503);
      await api.ask('acme', RUNS);
    });
    expect({ grown, others }).toEqual({ grown: 1, others: 0 });
  });
});
