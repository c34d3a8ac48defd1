import { compareThread, type Check } from './compare-threads';
import { parityTable } from './parity-table';
import { parityVerdict } from './parity-verdict';
import { transcriptSchema, type Transcript } from './transcript.schema';

const PHASES = ['normalize', 'enrich', 'export'];
const OUR_PHASES = ['plan', 'normalize', 'shortlist', 'enrich', 'score', 'export', 'summary'];
const tolerance = { percent: 10, slower: 2 };

const leads = (count: number, bucket: 'A' | 'B' | 'C' = 'A'): Transcript['leads'] =>
  Array.from({ length: count }, (_, i) => ({ domain: `c${i}.example`, bucket, score: 70 }));

function transcript(changes: Partial<Transcript> = {}, phases = PHASES): Transcript {
  return {
    thread_id: 't1',
    started_at: '2026-11-02T02:00:00Z',
    duration_ms: 60_000,
    statuses: phases.map((phase) => ({ phase, message: phase })),
    candidates: 20,
    leads: leads(20),
    exported: 20,
    ...changes,
  };
}

/** What is not alike. */
function differs(ours: Partial<Transcript>, phases = OUR_PHASES, legacy = transcript()): Check['what'][] {
  const { checks } = compareThread(legacy, transcript(ours, phases), tolerance);
  return checks.filter(({ passed }) => passed === false).map(({ what }) => what);
}

describe('a thread is compared with ours:', () => {
  it('alike where ours only shows more phases', () => {
    expect(differs({})).toEqual([]);
  });

  it.each<[string, Partial<Transcript>, Check['what'][]]>([
    ['two candidates of twenty more are within 10 %', { candidates: 22 }, []],
    ['three are not', { candidates: 23 }, ['candidates']],
    ['none exported', { exported: 0 }, ['exported']],
    ['leads missing', { leads: leads(17) }, ['leads', 'domains']],
    [
      'as many leads, of other companies',
      { leads: leads(20).map((l) => ({ ...l, domain: `x${l.domain}` })) },
      ['domains'],
    ],
    ['other buckets', { leads: [...leads(17), ...leads(20, 'C').slice(17)] }, ['buckets']],
    ['twice as long is allowed', { duration_ms: 120_000 }, []],
    ['longer is not', { duration_ms: 120_001 }, ['duration']],
    ['scores on another scale are not judged', { leads: leads(20).map((l) => ({ ...l, score: 1 })) }, []],
  ])('%s', (_what, ours, expected) => {
    expect(differs(ours)).toEqual(expected);
  });

  it.each<[string, string[], Check['what'][]]>([
    ['a stage left out', ['plan', 'normalize', 'export'], ['statuses']],
    ['stages in another order', ['enrich', 'normalize', 'export'], ['statuses']],
  ])('%s', (_what, phases, expected) => {
    expect(differs({}, phases)).toEqual(expected);
  });

  it('phases only the old one knows are passed over; if none is known there is nothing to judge', () => {
    expect(differs({}, OUR_PHASES, transcript({}, ['greeting', ...PHASES]))).toEqual([]);
    const { checks } = compareThread(transcript({}, ['greeting']), transcript({}, OUR_PHASES), tolerance);
    expect(checks[0]).toEqual({
      what: 'statuses',
      legacy: 'greeting',
      ours: OUR_PHASES.join(' '),
      passed: null,
    });
  });

  it('one that took no time before may take ten seconds', () => {
    expect(differs({ duration_ms: 10_000 }, OUR_PHASES, transcript({ duration_ms: 5 }))).toEqual([]);
    expect(differs({ duration_ms: 10_001 }, OUR_PHASES, transcript({ duration_ms: 5 }))).toEqual([
      'duration',
    ]);
  });

  it('one that we have no run of is not alike, on its UTC day', () => {
    const legacy = transcript({ started_at: '2026-11-02T23:30:00-02:00' });
    expect(compareThread(legacy, undefined, tolerance)).toEqual({
      thread_id: 't1',
      day: '2026-11-03',
      passed: false,
      checks: [],
    });
  });
});

describe('the verdict over days', () => {
  const on = (day: number, passed = true) => ({
    thread_id: `t${day}`,
    day: `2026-11-0${day}`,
    passed,
    checks: [],
  });

  it.each<[string, ReturnType<typeof on>[], number, boolean, RegExp]>([
    [
      'parity if each of the last days is alike',
      [on(1), on(2), on(3)],
      3,
      true,
      /^Parity over the last 3 days: 3 of 3 threads alike$/,
    ],
    [
      'a break before them does not count',
      [on(1, false), on(2), on(3)],
      2,
      true,
      /^Parity over the last 2 days: 2 of 3/,
    ],
    [
      'one thread of a day breaks it',
      [on(1), on(2), on(2, false)],
      2,
      false,
      /^No parity over the last 2 days: 2026-11-02; 2 of 3/,
    ],
    ['days without threads do not count', [on(1), on(5)], 2, true, /^Parity/],
    [
      'too few days are no verdict',
      [on(1), on(2)],
      3,
      false,
      /^No verdict over 3 days yet: there are threads of 2; 2 of 2/,
    ],
  ])('%s', (_what, threads, days, passed, message) => {
    expect(parityVerdict(threads, days)).toMatchObject({
      passed,
      message: expect.stringMatching(message) as string,
    });
  });

  it('is a table of what differs, a line per day and a sentence', () => {
    const legacy = transcript();
    const threads = [
      compareThread(legacy, transcript({ candidates: 3 }, OUR_PHASES), tolerance),
      compareThread({ ...legacy, thread_id: 'lost\u001b[2J' }, undefined, tolerance),
    ];
    const text = parityTable(parityVerdict(threads, 1));
    expect(text).toMatch(/t1.*statuses.*✓/);
    expect(text).toMatch(/candidates.*20.*3.*✗/);
    expect(text).toMatch(/lost .*none of this thread.*✗/);
    expect(text).toMatch(/2026-11-02.*2.*✗/);
    expect(text).not.toContain('\u001b[2J');
  });
});

describe('a transcript', () => {
  it('compares domains without their case, and takes no member that is not documented', () => {
    const [first] = leads(1);
    const upper = { ...transcript(), leads: [{ ...first, domain: 'Acme.Example' }] };
    expect(transcriptSchema.parse(upper).leads[0]?.domain).toBe('acme.example');
    expect(transcriptSchema.safeParse({ ...transcript(), buckets: {} }).success).toBe(false);
  });
});
