import fc from 'fast-check';
import {
  RUN_STATES,
  TERMINAL_RUN_STATES,
  type RunEventType,
  type RunRequest,
  type RunState,
} from '#libs/contracts';
import type { CellKeys } from '#libs/redis';
import { companyNumber, useTestRedis } from '#libs/testing';
import { CompanyRepository, type CompanyOutcome } from './company.repository';
import type { RunRef } from './run-ref';
import { RunRepository } from './run.repository';

const FULL = process.env.LEADGEN_FULL === '1';
const SEQUENCES = FULL ? 10_000 : 300;
const PATIENCE_MS = FULL ? 900_000 : 120_000;
const COMPANIES = 3;

const REQUEST: RunRequest = {
  tenant_id: 'acme',
  input: 'run full pipeline',
  mode: 'full',
  limit: COMPANIES,
  export: ['csv', 'jsonl'],
};

/** The state machine as docs/architecture.md draws it; the Lua script must agree with it on every pair. */
const ALLOWED: Readonly<Record<RunState, readonly RunState[]>> = {
  queued: ['running', 'paused', 'cancelled', 'failed'],
  running: ['paused', 'needs_input', 'completed', 'partial', 'failed', 'cancelled'],
  paused: ['running', 'failed', 'cancelled'],
  needs_input: [],
  completed: [],
  partial: [],
  failed: [],
  cancelled: [],
};

type End = CompanyOutcome['state'];

/** From where a retry leads back to `running`. No move does. */
const RETRIABLE: readonly RunState[] = ['completed', 'partial', 'failed'];

/** What a run must look like after the same steps. */
class RunModel {
  state: RunState = 'queued';
  readonly events: { type: RunEventType; message: string; state: RunState }[] = [
    { type: 'run_accepted', message: 'Accepted, waiting for a worker', state: 'queued' },
  ];
  readonly ended = new Map<number, End>();
  epoch = 0;
  /** Opened again, by the epoch of the retry in which they were. */
  readonly opened = new Map<number, number>();

  get counters(): { candidates: number; done: number; failed: number } {
    const failed = [...this.ended.values()].filter((end) => end === 'failed').length;
    return { candidates: COMPANIES, done: this.ended.size - failed, failed };
  }

  add(type: RunEventType, message: string): void {
    this.events.push({ type, message, state: this.state });
  }

  retry(): boolean {
    if (!RETRIABLE.includes(this.state)) return false;
    this.state = 'running';
    this.epoch += 1;
    this.add('run_retried', 'again');
    return true;
  }

  /** Every tenth of the candidates is announced, so of three every one. */
  finish(n: number, how: End): boolean {
    if (this.ended.has(n)) return false;
    this.ended.set(n, how);
    const { done, failed } = this.counters;
    const failures = failed > 0 ? `, ${failed} failed` : '';
    if (this.state === 'running')
      this.add('progress', `Enriching: ${done + failed} of ${COMPANIES} companies${failures}`);
    return true;
  }
}

type Step =
  | { what: 'retry' }
  | { what: 'reopen'; n: number }
  | { what: 'move'; to: RunState }
  | { what: 'say'; message: string }
  | { what: 'finish'; n: number; how: End };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ what: fc.constant('move' as const), to: fc.constantFrom(...RUN_STATES) }),
    // Else most sequences end at once, and little is seen of a run that lives.
    fc.record({ what: fc.constant('move' as const), to: fc.constantFrom('running', 'paused') }),
    fc.constant({ what: 'retry' as const }),
    fc.record({ what: fc.constant('reopen' as const), n: fc.nat({ max: COMPANIES - 1 }) }),
    fc.record({ what: fc.constant('say' as const), message: fc.constantFrom('a', 'b') }),
    fc.record({
      what: fc.constant('finish' as const),
      n: fc.nat({ max: COMPANIES - 1 }),
      how: fc.constantFrom('done', 'failed', 'suppressed'),
    }),
  ),
  { maxLength: 14 },
);

describe('a run against its model, on a real Redis', () => {
  const cell = useTestRedis();
  let keys: CellKeys;
  let repositories: { runs: RunRepository; companies: CompanyRepository }[];

  beforeAll(async () => {
    ({ keys } = cell);
    repositories = [cell.redis, await cell.connect()].map((client) => ({
      runs: new RunRepository(client, keys),
      companies: new CompanyRepository(client, keys),
    }));
  });

  /** The clients take turns: nothing may depend on who does what. */
  const client = (turn: number): (typeof repositories)[number] =>
    repositories[turn % 2] as (typeof repositories)[number];

  async function newRun(): Promise<RunRef> {
    const { runs, companies } = client(0);
    const run = await runs.create(REQUEST, { source: 'cli' });
    const claim = await runs.adding.claim(run);
    if ('closed' in claim) throw new Error('a new run takes companies');
    const chunk = [0, 1, 2].map((n) => ({
      company: companyNumber(n),
      match: { matched: true, pre_score: 50, reasons: [] },
      position: n + 1,
    }));
    await companies.create(run, claim.token, chunk);
    await runs.adding.advance(run, claim.token, { cursor: COMPANIES, candidates: COMPANIES });
    return run;
  }

  async function take(step: Step, run: RunRef, model: RunModel, turn: number): Promise<void> {
    const { runs, companies } = client(turn);
    switch (step.what) {
      case 'move': {
        const { to } = step;
        const moving = runs.transition(run, to, { event: 'progress', message: `to ${to}` });
        if (to === model.state) {
          expect(await moving).toBe(false);
        } else if (ALLOWED[model.state].includes(to)) {
          expect(await moving).toBe(true);
          model.state = to;
          model.add('progress', `to ${to}`);
        } else {
          await expect(moving).rejects.toMatchObject({ code: 'illegal_transition' });
        }
        return;
      }
      case 'retry': {
        const retrying = runs.retries.begin(run, 'again', { causes: ['failed'] });
        if (model.retry()) expect(await retrying).toEqual({ epoch: model.epoch });
        else await expect(retrying).rejects.toMatchObject({ code: 'illegal_transition' });
        return;
      }
      case 'reopen': {
        const { n } = step;
        const claim = await runs.adding.claim(run);
        expect('closed' in claim).toBe(TERMINAL_RUN_STATES.includes(model.state));
        if ('closed' in claim) return;
        const id = companyNumber(n).company_id;
        const again = [{ companyId: id, firstJob: `job-${model.epoch}`, steps: [], tried: [] }];
        const fence = { fenceToken: claim.token, epoch: model.epoch };
        // Within one retry a company is opened once; one that is open stays so.
        const opens = model.opened.get(n) !== model.epoch && model.ended.get(n) !== 'suppressed';
        if (opens && model.ended.delete(n)) model.opened.set(n, model.epoch);
        expect(await companies.reopen(run, fence, again)).toEqual(model.ended.has(n) ? [] : [id]);
        return;
      }
      case 'say': {
        const said = await runs.announce(run, 'stage_started', 'enrich', step.message);
        expect(said).toBe(!TERMINAL_RUN_STATES.includes(model.state));
        if (said) model.add('stage_started', step.message);
        return;
      }
      case 'finish': {
        const { n, how } = step;
        const outcome = { state: how, score: null, failure: null, walkMs: 1 };
        const finished = await companies.finish(run, companyNumber(n).company_id, outcome);
        expect(finished).toBe(model.finish(n, how));
        return;
      }
    }
  }

  it(
    'moves legally only, comes back from an end by a retry only, numbers events without gaps, and shows the last one as its status',
    async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (sequence) => {
          const run = await newRun();
          const model = new RunModel();
          for (const [turn, step] of sequence.entries()) await take(step, run, model, turn);

          const { runs } = client(sequence.length);
          const record = await runs.get(run);
          const events = await runs.events(run);
          expect(record.state).toBe(model.state);
          expect(events.map(({ id }) => id)).toEqual(model.events.map((_event, i) => i + 1));
          expect(events.map(({ type, message, state }) => ({ type, message, state }))).toEqual(model.events);
          const { phase, message, at } = events.at(-1) as (typeof events)[number];
          expect(record.status).toEqual({ phase, message, updated_at: at });
          expect(record.counters).toEqual(model.counters);
          expect(record.epoch).toBe(model.epoch);
          expect(record.finished_at === null).toBe(!TERMINAL_RUN_STATES.includes(model.state));
          const active = await cell.redis.zscore(keys.activeRuns(), `acme/${run.runId}`);
          expect(active === null).toBe(TERMINAL_RUN_STATES.includes(model.state));
        }),
        { numRuns: SEQUENCES },
      );
    },
    PATIENCE_MS,
  );

  it(
    'gives one winner whichever two moves race, and no event to the loser',
    async () => {
      const move = fc.constantFrom<RunState>('completed', 'partial', 'failed', 'cancelled', 'needs_input');
      await fc.assert(
        fc.asyncProperty(move, move, async (one, two) => {
          const run = await newRun();
          await client(0).runs.transition(run, 'running', { event: 'run_start', message: 'go' });
          const moves = await Promise.allSettled(
            [one, two].map((to, i) => client(i).runs.transition(run, to, { event: 'progress', message: to })),
          );
          const won = moves.filter((result) => result.status === 'fulfilled' && result.value);
          expect(won).toHaveLength(1);
          expect(await client(0).runs.events(run)).toHaveLength(3);
        }),
        { numRuns: Math.ceil(SEQUENCES / 10) },
      );
    },
    PATIENCE_MS,
  );
});
