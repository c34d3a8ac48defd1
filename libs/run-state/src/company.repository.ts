import {
  appError,
  companyDocumentSchema,
  type Company,
  type CompanyDocument,
  type IcpMatch,
  type LeadScore,
  type StepRecord,
  type TriedVendor,
} from '#libs/contracts';
import { type CellKeys, TTL_SECONDS, type LuaCall, type RedisClient, type RedisClock } from '#libs/redis';
import { fencedOut } from './adding/run-adding';
import type { RunRef } from './run-ref';
import { runStateScripts } from './run-state-scripts';

export interface Candidate {
  company: Company;
  match: IcpMatch;
  /** 1-based place in the shortlist. */
  position: number;
}

/** How a company's walk ended. `walkMs` leaves out time spent waiting for caps. */
export interface CompanyOutcome {
  state: 'done' | 'failed' | 'suppressed';
  score: LeadScore | null;
  failure: string | null;
  walkMs: number;
}

/** In place of the next job's id: the company is set aside while a person has paused the run. */
export const HELD = 'held';

/** Where a company's walk stands between two of its jobs. */
export interface WalkStanding {
  document: CompanyDocument;
  /** The only job that may walk it, or `HELD`; null before its first move, when that is its first job. */
  next: { jobId: string; lane: string | null } | null;
  /** How long it has waited for the cap of its lane, ms by Redis's clock; null: it does not. */
  waitedMs: number | null;
  /** Attempts at the step it waits for that failed in earlier jobs. */
  tries: number;
  /** How long earlier jobs have walked it, without waiting. */
  walkedMs: number;
}

/** A walk handed from the job that walks a company to its next. */
export interface WalkMove {
  from: string;
  to: string;
  /** The cap in whose lane the next job waits; null: the stage's own queue. */
  lane: string | null;
  /** Time walked by the job that hands over, without waiting. */
  walkedMs: number;
  tries: number;
}

/** An ended company to be walked again, and what of its journal is forgotten. */
export interface ReopenedCompany {
  companyId: string;
  firstJob: string;
  steps: readonly string[];
  tried: readonly Pick<TriedVendor, 'step' | 'vendor'>[];
}

/** The companies of runs: one hash each, written step by step, so that a crash repeats at most one step. */
export class CompanyRepository {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    /** Needed by whoever walks companies: what one process wrote is compared with another's time. */
    private readonly clock: Pick<RedisClock, 'now'> = Date,
  ) {}

  /**
   * Stores a chunk of candidates under the adder's fence token and answers the ids still to be walked.
   * Throws `fenced_out` when another adder has taken over or adding has ended.
   */
  async create(run: RunRef, fenceToken: string, chunk: readonly Candidate[]): Promise<string[]> {
    const pending = await runStateScripts.createCompanies.run(
      this.redis,
      [
        this.keys.fence(run.tenantId, run.runId),
        this.keys.companies(run.tenantId, run.runId),
        ...chunk.map(({ company }) => this.key(run, company.company_id)),
      ],
      [
        fenceToken,
        TTL_SECONDS.run,
        ...chunk.flatMap(({ company, match, position }) => [
          company.company_id,
          position,
          JSON.stringify({ company, match, position }),
        ]),
      ],
    );
    if (pending === -1) throw fencedOut(run);
    return chunk
      .filter((_candidate, i) => (pending as number[])[i] === 1)
      .map(({ company }) => company.company_id);
  }

  /**
   * Opens a chunk of ended companies again, each once per retry, forgetting these records of their journals; answers the ids
   * to be walked. Throws `fenced_out` as `create`.
   */
  async reopen(
    run: RunRef,
    { fenceToken, epoch }: { fenceToken: string; epoch: number },
    chunk: readonly ReopenedCompany[],
  ): Promise<string[]> {
    const pending = await runStateScripts.resetCompanies.run(
      this.redis,
      [
        this.keys.fence(run.tenantId, run.runId),
        this.keys.run(run.tenantId, run.runId),
        ...chunk.map(({ companyId }) => this.key(run, companyId)),
      ],
      [
        fenceToken,
        epoch,
        TTL_SECONDS.run,
        ...chunk.flatMap(({ firstJob, steps, tried }) => {
          const fields = [...steps.map(stepField), ...tried.map(triedField)];
          return [firstJob, fields.length, ...fields];
        }),
      ],
    );
    if (pending === -1) throw fencedOut(run);
    return chunk.filter((_company, i) => (pending as number[])[i] === 1).map(({ companyId }) => companyId);
  }

  /** A company's document as this repository wrote it, or `undefined`. Asked for once per walk, so not parsed again. */
  async find(run: RunRef, companyId: string): Promise<CompanyDocument | undefined> {
    return documentFromHash(await this.redis.hgetall(this.key(run, companyId)));
  }

  /** What a job of the company must know before it walks it, in one read; `undefined` if there is no such company. */
  async standing(run: RunRef, companyId: string): Promise<WalkStanding | undefined> {
    const fields = await runStateScripts.readCompany.run(this.redis, [this.key(run, companyId)], []);
    const hash = hashOf(fields as string[]);
    const document = documentFromHash(hash);
    if (!document) return undefined;
    return {
      document,
      next: hash.next === undefined ? null : { jobId: hash.next, lane: hash.next_lane || null },
      waitedMs:
        hash.waits_since === undefined ? null : Math.max(0, this.clock.now() - Number(hash.waits_since)),
      tries: Number(hash.tries ?? 0),
      walkedMs: Number(hash.walked_ms ?? 0),
    };
  }

  /**
   * Names the company's next job, which is then to be added. `ended`: the company or its run has ended, or the run takes no
   * more jobs; `taken`: another job walks the company. Repeating a move changes nothing. What of the journal is not written
   * yet goes in the same script: the next job decides by it.
   */
  async move(
    run: RunRef,
    companyId: string,
    move: WalkMove,
    unwritten: readonly JournalRecord[] = [],
  ): Promise<'moved' | 'ended' | 'taken'> {
    const reply = await runStateScripts.moveCompany.run(
      this.redis,
      [
        this.key(run, companyId),
        this.keys.run(run.tenantId, run.runId),
        this.keys.parked(run.tenantId, run.runId),
      ],
      [
        move.from,
        move.to,
        move.lane ?? '',
        Math.max(0, Math.round(move.walkedMs)),
        move.tries,
        TTL_SECONDS.run,
        ...unwritten.flatMap(journalEntry),
      ],
    );
    if (reply === 1) return 'moved';
    return reply === 0 ? 'ended' : 'taken';
  }

  /**
   * Sets the company aside while a person has paused its run. `go_on`: the run is not paused any more; `ended`: the company or
   * its run has; `taken`: another job walks it.
   */
  async hold(
    run: RunRef,
    companyId: string,
    { jobId, walkedMs }: { jobId: string; walkedMs: number },
    unwritten: readonly JournalRecord[] = [],
  ): Promise<'held' | 'go_on' | 'ended' | 'taken'> {
    const reply = await runStateScripts.holdCompany.run(
      this.redis,
      [
        this.key(run, companyId),
        this.keys.run(run.tenantId, run.runId),
        this.keys.held(run.tenantId, run.runId),
        this.keys.parked(run.tenantId, run.runId),
      ],
      [
        jobId,
        companyId,
        Math.max(0, Math.round(walkedMs)),
        TTL_SECONDS.run,
        ...unwritten.flatMap(journalEntry),
      ],
    );
    switch (reply) {
      case 1:
        return 'held';
      case 2:
        return 'go_on';
      case 0:
        return 'ended';
      default:
        return 'taken';
    }
  }

  /**
   * To be called before a company is walked of which workers may have died, and `walkedAlone` after: `fatal` if a worker died
   * between the two for the same job.
   */
  async walkAlone(run: RunRef, companyId: string, jobId: string): Promise<'noted' | 'ended' | 'fatal'> {
    const reply = await runStateScripts.walkAlone.run(this.redis, [this.key(run, companyId)], [jobId]);
    if (reply === 2) return 'fatal';
    return reply === 1 ? 'noted' : 'ended';
  }

  /** Whether a worker died between the two for this job. */
  async wasLostAlone(run: RunRef, companyId: string, jobId: string): Promise<boolean> {
    return (await this.redis.hget(this.key(run, companyId), 'alone')) === jobId;
  }

  async walkedAlone(run: RunRef, companyId: string): Promise<void> {
    await this.redis.hdel(this.key(run, companyId), 'alone');
  }

  /** How many companies of the run wait in each lane, by cap. */
  async parked(run: RunRef): Promise<Readonly<Record<string, number>>> {
    const counts = await this.redis.hgetall(this.keys.parked(run.tenantId, run.runId));
    return Object.fromEntries(Object.entries(counts).map(([capId, count]) => [capId, Number(count)]));
  }

  /** Some of the companies set aside, at most so many; none: there are none. */
  async held(run: RunRef, most: number): Promise<string[]> {
    return this.redis.srandmember(this.keys.held(run.tenantId, run.runId), most);
  }

  /** The company has been given back, or needs no more walking. */
  async forgetHeld(run: RunRef, companyId: string): Promise<void> {
    await this.redis.srem(this.keys.held(run.tenantId, run.runId), companyId);
  }

  /**
   * Ends the walk once; false if it had ended before. The run's counters, and what of the journal is not written yet,
   * go in the same script.
   */
  async finish(
    run: RunRef,
    companyId: string,
    outcome: CompanyOutcome,
    unwritten: readonly JournalRecord[] = [],
  ): Promise<boolean> {
    const { script, keys, args } = this.finishing(run, companyId, outcome, unwritten);
    const reply = await script.run(this.redis, keys, args);
    if (reply === -2) throw appError('run_not_found', `company ${companyId} of run ${run.runId} is gone`);
    return reply === 1;
  }

  /** `finish`, to be run together with something else. A company that is gone is left alone. */
  finishing(
    run: RunRef,
    companyId: string,
    outcome: CompanyOutcome,
    unwritten: readonly JournalRecord[],
  ): LuaCall {
    return runStateScripts.finishCompany.call(
      [
        this.key(run, companyId),
        this.keys.run(run.tenantId, run.runId),
        this.keys.events(run.tenantId, run.runId),
        this.keys.parked(run.tenantId, run.runId),
      ],
      [
        outcome.state,
        outcome.score === null ? '' : JSON.stringify(outcome.score),
        outcome.failure ?? '',
        Math.round(outcome.walkMs),
        TTL_SECONDS.run,
        ...unwritten.flatMap(journalEntry),
      ],
    );
  }

  /** How many companies the run's shortlist holds. */
  async count(run: RunRef): Promise<number> {
    return this.redis.zcard(this.keys.companies(run.tenantId, run.runId));
  }

  /**
   * All documents of the run in shortlist order, `pageSize` in memory at a time. Throws `ZodError` on one that is damaged:
   * what leaves the system has been parsed.
   */
  async *all(run: RunRef, pageSize = 500): AsyncGenerator<CompanyDocument> {
    const listKey = this.keys.companies(run.tenantId, run.runId);
    for (let start = 0; ; start += pageSize) {
      const ids = await this.redis.zrange(listKey, String(start), String(start + pageSize - 1));
      const documents = await Promise.all(ids.map((id) => this.find(run, id)));
      for (const document of documents) if (document) yield companyDocumentSchema.parse(document);
      if (ids.length < pageSize) return;
    }
  }

  /** Ids behind a place of the shortlist, in its order; at most so many. */
  async idsAfter(
    run: RunRef,
    position: number,
    most: number,
  ): Promise<{ companyId: string; position: number }[]> {
    const listKey = this.keys.companies(run.tenantId, run.runId);
    const found = await this.redis.zrangebyscore(
      listKey,
      `(${position}`,
      '+inf',
      'WITHSCORES',
      'LIMIT',
      0,
      most,
    );
    return found.flatMap((companyId, i) =>
      i % 2 === 0 ? [{ companyId, position: Number(found[i + 1]) }] : [],
    );
  }

  key(run: RunRef, companyId: string): string {
    return this.keys.company(run.tenantId, run.runId, companyId);
  }
}

/** A line of a company's journal: how a step ended, or a vendor that did not end it. */
export type JournalRecord = { kind: 'step'; record: StepRecord } | { kind: 'tried'; record: TriedVendor };

/** The fields a journal record occupies in its company's hash; the gate writes them with its settlement. */
export function journalFields(line: JournalRecord): Record<string, string> {
  const [field, text] = journalEntry(line);
  return { [field]: text };
}

function journalEntry({ kind, record }: JournalRecord): [field: string, text: string] {
  return [kind === 'step' ? stepField(record.step) : triedField(record), JSON.stringify(record)];
}

function stepField(step: string): string {
  return `s:${step}`;
}

function triedField({ step, vendor }: Pick<TriedVendor, 'step' | 'vendor'>): string {
  return `t:${step}:${vendor}`;
}

function hashOf(fields: readonly string[]): Readonly<Record<string, string>> {
  const hash: Record<string, string> = {};
  for (let i = 1; i < fields.length; i += 2) hash[fields[i - 1] ?? ''] = fields[i] ?? '';
  return hash;
}

function documentFromHash(hash: Readonly<Record<string, string>>): CompanyDocument | undefined {
  const { base, state } = hash;
  if (base === undefined || state === undefined) return undefined;
  const steps: [string, StepRecord][] = [];
  const tried: [string, TriedVendor][] = [];
  for (const [field, value] of Object.entries(hash)) {
    if (field.startsWith('s:')) steps.push([field, JSON.parse(value) as StepRecord]);
    else if (field.startsWith('t:')) tried.push([field, JSON.parse(value) as TriedVendor]);
  }
  return {
    ...(JSON.parse(base) as Candidate),
    state: state as CompanyDocument['state'],
    steps: inFieldOrder(steps),
    tried: inFieldOrder(tried),
    score: hash.score === undefined ? null : (JSON.parse(hash.score) as LeadScore),
    failure: hash.failure ?? null,
  };
}

/** Redis returns a hash's fields in no promised order, and leads must not depend on it. */
function inFieldOrder<T>(entries: [string, T][]): T[] {
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
