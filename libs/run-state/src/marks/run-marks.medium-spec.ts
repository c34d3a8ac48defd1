import { useTestRedis } from '#libs/testing';
import type { TransitionListener } from '../run-transition';
import { RunMarks } from './run-marks';

type Transition = Parameters<TransitionListener>[0];

describe('what runs leave for the cell’s figures', () => {
  const used = useTestRedis();
  const marks = (): RunMarks => new RunMarks(used.redis, used.keys);

  function moved(threadId: string, to: Transition['to'], event: Transition['event']): Transition {
    return {
      run: { tenantId: 'acme', runId: `run_${threadId}` },
      from: 'queued',
      to,
      event,
      message: '',
      threadId,
      source: 'cron',
      durationMs: 1,
    };
  }

  it('is when a schedule began last, and when it last ended well', async () => {
    const before = Date.now() - 5_000;
    await marks().note(moved('nightly', 'running', 'run_start'));
    expect([...(await marks().starts()).keys()]).toEqual(['nightly']);
    expect((await marks().starts()).get('nightly')).toBeGreaterThan(before);
    await marks().note(moved('nightly', 'failed', 'run_failed'));
    expect(await marks().successes()).toEqual(new Map());
    await marks().note(moved('nightly', 'partial', 'run_complete'));
    expect([...(await marks().successes()).keys()]).toEqual(['nightly']);
  });

  it('has one name for ticks that name no schedule', async () => {
    await marks().note(moved('thr_01KB0000000000000000000000', 'running', 'run_start'));
    expect([...(await marks().starts()).keys()]).toEqual(['cron']);
  });

  it('tells fifty schedules apart and all others together, whoever comes first', async () => {
    const other = new RunMarks(await used.connect(), used.keys);
    await Promise.all(
      Array.from({ length: 70 }, (_, i) =>
        (i % 2 === 0 ? other : marks()).note(moved(`s${i}`, 'running', 'run_start')),
      ),
    );
    const names = [...(await marks().starts()).keys()];
    expect(names).toHaveLength(51);
    expect(names).toContain('other');
    for (const name of names.slice(0, 5)) await marks().note(moved(name, 'completed', 'run_complete'));
    await marks().note(moved('s_unheard', 'completed', 'run_complete'));
    expect((await marks().successes()).has('other')).toBe(true);
    expect(await used.redis.pttl(used.keys.cronStarts())).toBeGreaterThan(0);
  });

  it('is which tenants were at work since midnight, the last two thousand of them', async () => {
    await marks().note({ ...moved('t', 'running', 'run_retried'), source: 'api' });
    await marks().note({
      ...moved('t', 'completed', 'run_complete'),
      source: 'api',
      run: { tenantId: 'idle', runId: 'r' },
    });
    await marks().noteAtWork([]);
    await marks().noteAtWork(['over-midnight', 'acme']);
    const [midnight, tomorrow] = [Date.now() - 60_000, Date.now() + 60_000];
    expect((await marks().atWork(midnight)).sort()).toEqual(['acme', 'over-midnight']);
    expect(await marks().atWork(tomorrow)).toEqual([]);
    await marks().noteAtWork(Array.from({ length: 2_500 }, (_, i) => `t${i}`));
    expect(await marks().atWork(midnight)).toHaveLength(2_000);
    expect(await used.redis.zcard(used.keys.tenantsAtWork())).toBe(2_000);
    expect(await used.redis.pttl(used.keys.tenantsAtWork())).toBeGreaterThan(0);
  });

  it('leaves nothing of other sources, and questions of a day only', async () => {
    await marks().note({ ...moved('t', 'running', 'run_start'), source: 'api' });
    expect(await marks().starts()).toEqual(new Map());
    await marks().note({ ...moved('t', 'needs_input', 'run_needs_input'), source: 'api' });
    const nowMs = Date.now();
    expect(await marks().openQuestions(nowMs)).toBe(1);
    expect(await marks().openQuestions(nowMs + 2 * 86_400_000)).toBe(0);
  });
});
