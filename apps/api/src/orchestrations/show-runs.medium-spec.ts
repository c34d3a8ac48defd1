import { RunRepository } from '#libs/run-state';
import { waitUntil } from '#libs/testing';
import { serveApi, type ServedApi } from '../../test/served-api';

const BODY = { input: 'run full pipeline' };
const PATH = '/api/orchestrations';

type Answer = Awaited<ReturnType<ServedApi['ask']>>;
type Json = Answer['body'];

describe('runs, shown and listed over HTTP', () => {
  let api: ServedApi;
  let runs: RunRepository;

  beforeAll(async () => {
    api = await serveApi();
    runs = new RunRepository(api.redis, api.keys);
  });
  afterAll(() => api.stop());

  const ask = (
    path: string,
    { tenant = 'acme', body, headers = {} }: { tenant?: string; body?: object; headers?: object } = {},
  ): Promise<Answer> =>
    api.ask(tenant, path, {
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
  const start = async (tenant: string, body: object = {}): Promise<string> =>
    String((await ask(PATH, { tenant, body: { ...BODY, ...body } })).body.run_id);
  const idsOf = ({ body }: Answer): unknown[] => (body.data as Json[]).map(({ run_id: id }) => id);
  const finish = (tenantId: string, runId: string): Promise<boolean> =>
    runs.transition({ tenantId, runId }, 'failed', { event: 'run_failed', message: 'no' });

  /** All pages from here on, and how many there were. */
  async function pages(
    tenant: string,
    query: string,
    from: string | null = null,
  ): Promise<{ ids: unknown[]; count: number }> {
    const ids: unknown[] = [];
    let cursor = from === null ? '' : `&cursor=${from}`;
    for (let count = 1; ; count += 1) {
      const answer = await ask(`${PATH}?${query}${cursor}`, { tenant });
      expect(answer.status).toBe(200);
      ids.push(...idsOf(answer));
      const next = answer.body.next_cursor as string | null;
      if (next === null) return { ids, count };
      cursor = `&cursor=${next}`;
    }
  }

  it('lists in pages, newest first, every run once, also while new ones come in', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 7; i += 1) ids.unshift(await start('pager'));
    const first = await ask(`${PATH}?limit=3`, { tenant: 'pager' });
    expect(idsOf(first)).toEqual(ids.slice(0, 3));
    await start('pager');
    const rest = await pages('pager', 'limit=3', first.body.next_cursor as string);
    expect(rest).toEqual({ ids: ids.slice(3), count: 2 });
  });

  it('loses and repeats none of the runs of one millisecond', async () => {
    const ids = await Promise.all(Array.from({ length: 9 }, () => start('burst')));
    const index = api.keys.tenantRuns('burst');
    for (const id of ids) await api.redis.zadd(index, '1700000000000', id);
    const { ids: listed } = await pages('burst', 'limit=2');
    expect(listed).toEqual(ids.sort().reverse());
  });

  it('filters by thread, source and state, all together', async () => {
    const [weekly, other] = [await start('filterer', { thread_id: 'weekly' }), await start('filterer')];
    const failed = await start('filterer', { thread_id: 'weekly' });
    await finish('filterer', failed);
    const ids = async (query: string): Promise<unknown[]> => (await pages('filterer', query)).ids;
    expect(await ids('thread_id=weekly')).toEqual([failed, weekly]);
    expect(await ids('state=queued')).toEqual([other, weekly]);
    expect(await ids('source=api')).toEqual([failed, other, weekly]);
    expect(await ids('source=cli')).toEqual([]);
    expect(await ids('thread_id=weekly&state=failed&source=api')).toEqual([failed]);
    expect(await ids('thread_id=none')).toEqual([]);
  });

  it('looks at so many runs for a page and no more: an answer without runs says where to go on', async () => {
    const wanted = await start('hoarder');
    await finish('hoarder', wanted);
    const index = api.keys.tenantRuns('hoarder');
    const later = Date.now() + 1_000;
    const [template = ''] = await api.redis.zrange(index, '0', '0');
    const copies = Array.from(
      { length: 1_200 },
      (_, i) => `${template.slice(0, -4)}${String(i).padStart(4, '0')}`,
    );
    for (const id of copies) {
      await api.redis.copy(api.keys.run('hoarder', template), api.keys.run('hoarder', id));
      await api.redis.hset(api.keys.run('hoarder', id), 'state', 'queued', 'run_id', id);
      await api.redis.zadd(index, String(later), id);
    }
    const first = await ask(`${PATH}?state=failed`, { tenant: 'hoarder' });
    expect(first.body).toMatchObject({ data: [], next_cursor: expect.any(String) });
    expect(await pages('hoarder', 'state=failed')).toEqual({ ids: [wanted], count: 2 });
  });

  it('leaves out a record it cannot read, and shows the others', async () => {
    const [older, torn, newer] = [await start('reader'), await start('reader'), await start('reader')];
    await api.redis.hset(api.keys.run('reader', torn), 'state', 'daydreaming');
    expect(idsOf(await ask(PATH, { tenant: 'reader' }))).toEqual([newer, older]);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'state=odd',
    'source=fax',
    'cursor=%21',
    'cursor=e30',
    'thread_id=',
    'who=1',
  ])('refuses ?%s', async (query) => {
    expect(await ask(`${PATH}?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  it('answers 304 to who has the run as it is, and the run after anything of it changed', async () => {
    const runId = await start('cacher', { thread_id: 'tagged' });
    const run = { tenantId: 'cacher', runId };
    const first = await ask(`${PATH}/${runId}`, { tenant: 'cacher' });
    let tag = String(first.headers.get('etag'));
    expect(tag).toMatch(/^"[\w.]+"$/);
    const again = (id = runId, known = tag): Promise<Answer> =>
      ask(`${PATH}/${id}`, { tenant: 'cacher', headers: { 'if-none-match': known } });
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const answer = await again(runId, known);
      expect(answer).toMatchObject({ status: 304, text: '' });
      expect(answer.headers.get('etag')).toBe(tag);
    }
    expect((await again('tagged')).status).toBe(304);
    expect((await again(runId, '"other"')).status).toBe(200);

    const changes = [
      () => runs.announce(run, 'progress', 'enrich', 'half'),
      () => api.redis.hincrby(api.keys.run('cacher', runId), 'done', 1),
      () => finish('cacher', runId),
    ];
    for (const change of changes) {
      await change();
      const answer = await again();
      expect(answer.status).toBe(200);
      expect(answer.headers.get('etag')).not.toBe(tag);
      tag = String(answer.headers.get('etag'));
    }
    await start('cacher', { thread_id: 'tagged' });
    expect((await again('tagged')).status).toBe(200);
  });

  it('shows the last hundred entries of the history, oldest first', async () => {
    const runId = await start('talker');
    for (let i = 1; i <= 120; i += 1) {
      await runs.announce({ tenantId: 'talker', runId }, 'progress', 'enrich', `step ${i}`);
    }
    const { body } = await ask(`${PATH}/${runId}`, { tenant: 'talker' });
    const history = body.status_history as { message: string }[];
    expect(history.map(({ message }) => message)).toEqual(
      Array.from({ length: 100 }, (_, i) => `step ${i + 21}`),
    );
    expect(body.status).toEqual(history.at(-1));
  });

  describe('Prefer: wait', () => {
    const prefer = (text: string): Record<string, string> => ({ prefer: text });

    it('answers as soon as the run is at rest, and says what it waited for at most', async () => {
      const runId = await start('waiter');
      const started = performance.now();
      const answer = ask(`${PATH}/${runId}`, { tenant: 'waiter', headers: prefer('wait=50') });
      await finish('waiter', runId);
      expect((await answer).body).toMatchObject({ state: 'failed' });
      expect((await answer).headers.get('preference-applied')).toBe('wait=50');
      expect(performance.now() - started).toBeLessThan(20_000);
    });

    it('gives a client that waits in vain the run as it is', async () => {
      const runId = await start('waiter');
      const answer = await ask(`${PATH}/${runId}`, {
        tenant: 'waiter',
        headers: prefer('respond-async, wait=1'),
      });
      expect(answer.body).toMatchObject({ state: 'queued' });
    });

    it('shows a client that started a run how far it came', async () => {
      const answer = ask(PATH, { tenant: 'starter', body: BODY, headers: prefer('wait=50') });
      let ids: string[] = [];
      await waitUntil(async () => (ids = await runs.runsOfTenant('starter')).length > 0, {
        timeoutMs: 10_000,
        what: 'the run is there',
      });
      await finish('starter', String(ids[0]));
      expect(await answer).toMatchObject({ status: 202, body: { state: 'failed' } });
    });

    it('waits for nobody’s run, and passes over what it does not understand', async () => {
      const unknown = await ask(`${PATH}/run_01M83T0C0N157MS0FWEXFGGEYC`, { headers: prefer('wait=30') });
      expect(unknown.status).toBe(404);
      const runId = await start('waiter');
      for (const text of ['wait', 'wait=x', 'wait=-1', 'waiter=5', 'return=minimal']) {
        const answer = await ask(`${PATH}/${runId}`, { tenant: 'waiter', headers: prefer(text) });
        expect([text, answer.headers.get('preference-applied')]).toEqual([text, null]);
      }
    });
  });
});
