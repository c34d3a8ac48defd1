import { QueueStandings, type JobTimes, type QueueSnapshot } from './queue-standing';

const NONE: ReadonlySet<string> = new Set();

function job(id: string, addedMs: number, startedMs: number | null = null, delayMs = 0): JobTimes {
  return { id, addedMs, startedMs, delayMs };
}

function queue(nowMs: number, part: Partial<QueueSnapshot> = {}): QueueSnapshot {
  return { queue: 'enrich', nowMs, ready: 0, isClosed: false, next: [], active: [], ...part };
}

describe('how a queue stands', () => {
  it('is nothing where it is empty', () => {
    expect(new QueueStandings().tell([queue(1_000)], NONE)).toEqual([
      { queue: 'enrich', runnable: 0, isClosed: false, oldestWaitingMs: 0, oldestActiveMs: 0 },
    ]);
  });

  it('is told by the oldest job that could be taken, from when its delay was over', () => {
    const next = [job('a', 5_000), job('b', 1_000, null, 3_000)];
    const [standing] = new QueueStandings().tell([queue(10_000, { ready: 2, next })], NONE);
    expect(standing).toMatchObject({ runnable: 2, oldestWaitingMs: 6_000 });
  });

  it('counts a job that was given back from when it was seen to wait again, not from its first day', () => {
    const standings = new QueueStandings();
    const given = { ready: 1, next: [job('a', 0, 50_000)] };
    expect(standings.tell([queue(90_000, given)], NONE)[0]?.oldestWaitingMs).toBe(0);
    expect(standings.tell([queue(97_000, given)], NONE)[0]?.oldestWaitingMs).toBe(7_000);
    // Taken and given back once more in between.
    const again = { ready: 1, next: [job('a', 0, 98_000)] };
    expect(standings.tell([queue(99_000, again)], NONE)[0]?.oldestWaitingMs).toBe(1_000);
  });

  it('counts a parent from when it was seen to wait for a worker: before, it waited for its children', () => {
    const standings = new QueueStandings();
    const parent = { queue: 'export', ready: 1, next: [job('x', 0)] };
    const parents = new Set(['export']);
    expect(standings.tell([queue(600_000, parent)], parents)[0]?.oldestWaitingMs).toBe(0);
    expect(standings.tell([queue(604_000, parent)], parents)[0]?.oldestWaitingMs).toBe(4_000);
  });

  it('has nothing runnable and no age while it is closed, and is late from its opening only', () => {
    const standings = new QueueStandings();
    const full = { ready: 9, next: [job('a', 0)] };
    expect(standings.tell([queue(80_000, { ...full, isClosed: true })], NONE)[0]).toMatchObject({
      runnable: 0,
      isClosed: true,
      oldestWaitingMs: 0,
    });
    expect(standings.tell([queue(83_000, full)], NONE)[0]).toMatchObject({
      runnable: 9,
      oldestWaitingMs: 3_000,
    });
  });

  it('tells how long the oldest job has been in hand, and takes another machine’s clock for no age', () => {
    const active = [job('a', 0, 4_000), job('b', 0, 99_000)];
    expect(new QueueStandings().tell([queue(10_000, { active })], NONE)[0]?.oldestActiveMs).toBe(6_000);
    const ahead = [job('b', 0, 99_000)];
    expect(new QueueStandings().tell([queue(10_000, { active: ahead })], NONE)[0]?.oldestActiveMs).toBe(0);
  });
});
