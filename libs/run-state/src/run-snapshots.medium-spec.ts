import type { RunRequest } from '#libs/contracts';
import { useTestRedis } from '#libs/testing';
import { RunRepository } from './run.repository';
import { RunSnapshots } from './run-snapshots';

const EVENTS_MAX = 100;

describe('a run as it is shown', () => {
  const cell = useTestRedis();
  const started = async (
    message: string,
  ): Promise<{ snapshots: RunSnapshots; run: { tenantId: string; runId: string } }> => {
    const runs = new RunRepository(cell.redis, cell.keys);
    const request: RunRequest = {
      tenant_id: 'acme',
      input: 'run full pipeline',
      mode: 'full',
      limit: 5,
      export: ['csv'],
    };
    const { tenantId, runId } = await runs.create(request, { source: 'api' });
    await runs.transition({ tenantId, runId }, 'running', { event: 'run_start', message });
    return { snapshots: new RunSnapshots(cell.redis, cell.keys), run: { tenantId, runId } };
  };

  it.each(['Größe "50–200" in 中文', 'C:\\temp</script>\u2028\u007f\t', '{}', '[]', 'false'])(
    'is read as it was written: %j',
    async (message) => {
      const { snapshots, run } = await started(message);
      const shown = await snapshots.take(run, { eventsMax: EVENTS_MAX });
      expect(shown?.run.status.message).toBe(message);
      expect(shown?.events.map((event) => event.message)).toEqual([expect.any(String), message]);
      expect(shown?.run).toMatchObject({ problem: null, finished_at: null });
    },
  );

  it('has the latest events only, oldest first; none where they are gone', async () => {
    const { snapshots, run } = await started('go');
    expect((await snapshots.take(run, { eventsMax: 1 }))?.events.map(({ id }) => id)).toEqual([2]);
    await cell.redis.del(cell.keys.events(run.tenantId, run.runId));
    expect(await snapshots.take(run, { eventsMax: EVENTS_MAX })).toMatchObject({
      run: { run_id: run.runId, state: 'running' },
      events: [],
    });
  });

  it('is nothing where there is no such run', async () => {
    const { snapshots, run } = await started('go');
    expect(await snapshots.take({ ...run, tenantId: 'globex' }, { eventsMax: EVENTS_MAX })).toBeUndefined();
  });
});
