import { decideCapPause, type CapStanding, type PausableRun } from './cap-pause-decision';

const NOW = Date.parse('2026-11-22T23:59:00.500Z');
const CLOSED: CapStanding = { vendor: 'sonar', opensInMs: 60_000, why: 'daily cap 500/500 used' };
const OPEN: CapStanding = { vendor: 'radar', opensInMs: 0, why: '' };
const RUN: PausableRun = {
  state: 'running',
  pauseReason: null,
  allAdded: true,
  candidates: 120,
  ended: 37,
  parked: new Map([['sonar', 83]]),
};
const PAUSED = { state: 'paused', pauseReason: 'vendor_cap' } as const;

const decide = (
  run: Partial<PausableRun> = {},
  standings: Readonly<Record<string, CapStanding>> = { sonar: CLOSED, radar: OPEN },
): ReturnType<typeof decideCapPause> =>
  decideCapPause({ ...RUN, ...run }, new Map(Object.entries(standings)), NOW);

describe('a run whose companies wait on caps', () => {
  it('pauses when all that are left wait on closed ones, and says on which, until when and how far it is', () => {
    expect(decide()).toEqual({
      kind: 'pause',
      resumesInMs: 60_000,
      message:
        'Paused: sonar daily cap 500/500 used, resumes 2026-11-23T00:00:00Z; 37 of 120 companies enriched',
    });
  });

  it('names the cap that opens first when there are several', () => {
    const parked = new Map([
      ['sonar', 43],
      ['radar', 40],
    ]);
    const radar = { ...OPEN, opensInMs: 10_000, why: 'closed' };
    expect(decide({ parked }, { sonar: CLOSED, radar })).toMatchObject({
      kind: 'pause',
      resumesInMs: 10_000,
    });
  });

  it.each<[string, Partial<PausableRun>]>([
    ['one company can go on', { parked: new Map([['sonar', 82]]) }],
    [
      'one waits on a cap that is open',
      {
        parked: new Map([
          ['sonar', 82],
          ['radar', 1],
        ]),
      },
    ],
    ['companies are still being added', { allAdded: false }],
    ['nothing is left', { ended: 120, parked: new Map() }],
    ['a person has paused it', { state: 'paused', pauseReason: 'person' }],
    ['it is being cancelled', { state: 'cancelled' }],
  ])('does not pause when %s', (_why, run) => {
    expect(decide(run)).toEqual({ kind: 'nothing' });
  });

  it('does not pause for a wait that is over before anybody has read of it', () => {
    expect(decide({}, { sonar: { ...CLOSED, opensInMs: 2_000 } })).toEqual({ kind: 'nothing' });
  });

  it('stays paused to the last moment, and resumes when a cap of its companies is open', () => {
    expect(decide(PAUSED, { sonar: { ...CLOSED, opensInMs: 1 } })).toEqual({ kind: 'nothing' });
    expect(decide(PAUSED, { sonar: { ...CLOSED, opensInMs: 0 } })).toEqual({ kind: 'resume' });
  });

  it('resumes when its last company has ended', () => {
    expect(decide({ ...PAUSED, ended: 120 }).kind).toBe('resume');
  });

  it('resumes when one of its companies waits no more', () => {
    expect(decide({ ...PAUSED, parked: new Map([['sonar', 82]]) }).kind).toBe('resume');
  });

  it('resumes when the cap it waits on is known to nobody any more', () => {
    expect(decide(PAUSED, {}).kind).toBe('resume');
  });
});
