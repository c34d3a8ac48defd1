import { laneQueue, tenantIdSchema } from '#libs/contracts';
import { KeysOfRuns } from './run-keys';

/** Retention in seconds; the table of docs/architecture.md. */
export const TTL_SECONDS = {
  /** Runs, their events and company documents. */
  run: 30 * 86_400,
  /** Uploaded datasets and the files of runs. */
  file: 30 * 86_400,
  idempotency: 86_400,
  /** Which companies a tenant has been handed as leads. */
  lead: 180 * 86_400,
  /** What vendors did for a tenant, per day. */
  usage: 400 * 86_400,
  /** How a call in doubt was resolved. */
  resolvedDoubt: 90 * 86_400,
  audit: 365 * 86_400,
  /** The record of an API key, counted from its end. */
  endedApiKey: 90 * 86_400,
  /** What the command line made of runs, until it is counted. */
  uncounted: 86_400,
  /** When a schedule last ran; one that has not for so long is no longer told of. */
  cronMark: 60 * 86_400,
  /** A worker that has not been heard of for this long is gone. */
  workerHeartbeat: 15,
} as const;

/**
 * Every Redis key of one cell, made here and nowhere else. All carry the cell's hash tag, so that a script may touch
 * any of them together (Redis Cluster keeps them in one slot). The digit in a name is the version of what is stored
 * there: a changed layout gets a new digit, never a new meaning under the old key.
 */
export class CellKeys {
  private readonly root: string;
  private readonly runs: KeysOfRuns;

  constructor(readonly cell: string) {
    this.root = `lg:{${cell}}`;
    this.runs = new KeysOfRuns(this.root);
  }

  /** BullMQ's own `prefix`: its keys live in the same slot. */
  bullPrefix(): string {
    return `${this.root}:bull`;
  }

  /** A part of one of BullMQ's queues, as BullMQ names it; `''`: what its jobs' keys begin with. */
  queue(
    name: string,
    part: 'wait' | 'prioritized' | 'delayed' | 'active' | 'waiting-children' | 'meta' | 'limiter' | '',
  ): string {
    return `${this.bullPrefix()}:${name}:${part}`;
  }

  /** Hash: how far each tenant has been served in a queue, see libs/queue's fairness. Gone when the queue is empty; TTL `run`. */
  fairness(queue: string): string {
    return `${this.root}:fair1:${queue}`;
  }

  /** Hash: the run record. TTL `run`, counted from its last transition. */
  run(tenantId: string, runId: string): string {
    return this.runs.of(tenantId, runId).run;
  }

  /** Stream: the run's events, ids `1-0`, `2-0` … without gaps. TTL `run`. */
  events(tenantId: string, runId: string): string {
    return this.runs.of(tenantId, runId).events;
  }

  /** Stream: ends the blocking read of events of one process when it is to read of one more run. TTL: a minute. */
  eventReaderWake(reader: string): string {
    return `${this.root}:event-wake1:${reader}`;
  }

  /** Sorted set: `tenant/run/event` of endings of runs whose webhook is not yet in its queue, by when, ms. No TTL: drained within seconds. */
  webhookOutbox(): string {
    return `${this.root}:webhook-outbox1`;
  }

  /**
   * List: `tenant/run` of runs that the API has accepted and whose flow a worker is yet to add, oldest first. No TTL: drained at
   * once by the normalize workers.
   */
  runHandover(): string {
    return `${this.root}:run-handover1`;
  }

  /** List: attempts to deliver the webhooks of a run, the last hundred. TTL `run`. */
  webhookLog(tenantId: string, runId: string): string {
    return `${this.root}:${tenantId}:webhook-log1:${runId}`;
  }

  /** String: how often somebody asked for the webhook of a run to be delivered again. TTL: an hour from the first. */
  webhookRedeliveries(tenantId: string, runId: string): string {
    return `${this.root}:${tenantId}:webhook-again1:${runId}`;
  }

  /** String: changes whenever adding children of the run must stop or change hands; adders WATCH it. TTL `run`. */
  fence(tenantId: string, runId: string): string {
    return `${this.root}:${tenantId}:fence1:${runId}`;
  }

  /** Sorted set: company ids of the run by shortlist position. TTL `run`. */
  companies(tenantId: string, runId: string): string {
    return `${this.root}:${tenantId}:companies1:${runId}`;
  }

  /** Hash: one company of a run. TTL `run`. */
  company(tenantId: string, runId: string, companyId: string): string {
    return this.runs.of(tenantId, runId).companies + companyId;
  }

  /** Sorted set: company ids of an ended run's leads by rank. TTL `run`. */
  leadRanks(tenantId: string, runId: string): string {
    return `${this.root}:${tenantId}:ranks1:${runId}`;
  }

  /** Sorted set: those of `leadRanks` that no earlier run had handed over. TTL `run`. */
  newLeadRanks(tenantId: string, runId: string): string {
    return `${this.root}:${tenantId}:newranks1:${runId}`;
  }

  /**
   * Sorted set: company ids that an export of the tenant has had, by when it first had them, ms. TTL `lead`, also of each.
   * A simulated lead that was handed over makes no real one old.
   */
  handedOver(tenantId: string, simulated: boolean): string {
    return `${this.root}:${tenantId}:handedover1${simulated ? ':simulated' : ''}`;
  }

  /** Hash: what vendors did for the tenant in a month, `<day>:<vendor>:calls|cached|cost|saved`, with `:simulated` behind what was. TTL `usage`. */
  usage(tenantId: string, month: string): string {
    return `${this.root}:${tenantId}:usage1:${month}`;
  }

  /** Hash: how many companies of a run wait in each lane, by cap. TTL `run`. */
  parked(tenantId: string, runId: string): string {
    return this.runs.of(tenantId, runId).parked;
  }

  /** Set: companies of a run set aside while a person has paused it. TTL `run`. */
  held(tenantId: string, runId: string): string {
    return `${this.root}:${tenantId}:held1:${runId}`;
  }

  /** Sorted set: run ids of a thread by creation, ms; trimmed as `tenantRuns`. TTL `run`. */
  thread(tenantId: string, threadId: string): string {
    return `${this.root}:${tenantId}:thread1:${threadId}`;
  }

  /** Sorted set: run ids of a tenant by creation, ms; entries past retention are trimmed as runs are created. TTL `run`. */
  tenantRuns(tenantId: string): string {
    return `${this.root}:${tenantId}:runs1`;
  }

  /**
   * Hash: request hash under a caller's idempotency key, with the claim of the request that works on it or the run it made.
   * TTL `idempotency`; of a claim: ten seconds.
   */
  idempotency(tenantId: string, key: string): string {
    return `${this.root}:${tenantId}:idem2:${key}`;
  }

  /** Hash: an uploaded dataset: where it is, its name, size and hash. TTL `file`. */
  dataset(tenantId: string, datasetId: string): string {
    return `${this.root}:${tenantId}:dataset1:${datasetId}`;
  }

  /** Sorted set: `<tenant>/<dataset>` of all tenants, by when its file is to be removed, ms. No TTL: members leave with the file. */
  datasetExpiries(): string {
    return `${this.root}:datasetexpiries1`;
  }

  /** Sorted set: ids of a tenant's datasets, which tell when each was made. No TTL: members leave with the file. */
  datasets(tenantId: string): string {
    return `${this.root}:${tenantId}:datasets1`;
  }

  /** Hash: a tenant's API key by its id: whose it is, the secret's hash, scopes, times. TTL: 90 days after it ends, if it does. */
  apiKey(id: string): string {
    return `${this.root}:apikey1:${id}`;
  }

  /** Sorted set: ids of a tenant's API keys by creation, ms; those whose key is gone leave as they are listed. No TTL, as keys. */
  tenantApiKeys(tenantId: string): string {
    return `${this.root}:${tenantId}:apikeys1`;
  }

  /** String: until when, ms, a caller has used up what it may ask in a minute, by kind of request. TTL: until then. */
  requestBucket(actor: string, kind: 'requests' | 'runs'): string {
    return `${this.root}:bucket1:${kind}:${actor}`;
  }

  /** String: how many invalid keys came from an address. TTL: a minute from the first. */
  badKeys(address: string): string {
    return `${this.root}:bad-keys1:${address}`;
  }

  /** Stream: the cell's audit log, ids `1-0`, `2-0` … without gaps, hash-chained. Entries leave after `audit`. */
  audit(): string {
    return `${this.root}:audit1`;
  }

  /** Hash: number and hash of the audit log's last entry, hash of the last one dropped. No TTL: the chain has no end. */
  auditEnds(): string {
    return `${this.root}:audit-ends1`;
  }

  /** Hash: what a tenant has stored of one kind, its version and time. No TTL: it stays as long as the tenant. */
  tenantDocument(tenantId: string, kind: 'icp' | 'profile' | 'exclusions'): string {
    return `${this.root}:${tenantId}:document1:${kind}`;
  }

  /** Sorted set, all scores 0: a tenant's exclusion list, `<entry id> <entry as JSON>`. No TTL, as `tenantDocument`. */
  exclusions(tenantId: string): string {
    return `${this.root}:${tenantId}:exclusions1`;
  }

  /** Hash: a tenant's own keys for vendors, by vendor: sealed, with the time they were set. No TTL, as `tenantDocument`. */
  vendorCredentials(tenantId: string): string {
    return `${this.root}:${tenantId}:credentials1`;
  }

  /** Hash: the webhook of a tenant's runs that name none: URL, secret sealed, when it was set. No TTL, as `tenantDocument`. */
  tenantWebhook(tenantId: string): string {
    return `${this.root}:${tenantId}:webhook1`;
  }

  /** Pattern of all keys of the cell. */
  ofCell(): string {
    return `${this.root}:*`;
  }

  /** Whose a key is; null for one that is no tenant's. */
  tenantOf(key: string): string | null {
    const [word = '', kind] = key.slice(`${this.root}:`.length).split(':', 2);
    return kind !== undefined && tenantIdSchema.safeParse(word).success ? word : null;
  }

  /** Pattern of all keys that are one tenant's. */
  ofTenant(tenantId: string): string {
    return `${this.root}:${tenantId}:*`;
  }

  /** Pattern of all keys of BullMQ's. */
  ofJobs(): string {
    return `${this.bullPrefix()}:*`;
  }

  /** What kind of thing a tenant's key holds, as it is named here with its version, and which. */
  partsOfTenantKey(tenantId: string, key: string): { kind: string; rest: string } {
    const [kind = '', ...rest] = key.slice(`${this.root}:${tenantId}:`.length).split(':');
    return { kind, rest: rest.join(':') };
  }

  /** Hash: an erasure that a tenant asked for: whose data while it goes on, how far it is, what it found. TTL `audit`. */
  erasure(tenantId: string, erasureId: string): string {
    return `${this.root}:${tenantId}:erasure1:${erasureId}`;
  }

  /** Sorted set: `tenant/erasure` of every erasure that is not done, by when it is to be worked on next, ms. */
  erasures(): string {
    return `${this.root}:erasures1`;
  }

  /** Sorted set: `tenant/run` of every run that is not terminal, by creation, ms. No TTL: members leave with the run. */
  activeRuns(): string {
    return `${this.root}:active-runs1`;
  }

  /** Set: ids of a tenant's runs that are not terminal, to count them. TTL `run`, counted from the last run created. */
  tenantActiveRuns(tenantId: string): string {
    return `${this.root}:${tenantId}:active-runs1`;
  }

  /** List: ends and pauses of runs that the process which made them counts nowhere, oldest first; a thousand at most. TTL `uncounted`. */
  uncountedTransitions(): string {
    return `${this.root}:uncounted1`;
  }

  /** Sorted set: live worker instances of a stage by last heartbeat, ms. */
  workers(stage: string): string {
    return `${this.root}:workers1:${stage}`;
  }

  /** Hash: by how much the clock of each live worker instance of a stage is ahead, ms. TTL: twice `workerHeartbeat`. */
  workerSkews(stage: string): string {
    return `${this.root}:worker-skews1:${stage}`;
  }

  /** Sorted set: schedules by when their last run began, ms, fifty at most. TTL `cronMark`, also of each. */
  cronStarts(): string {
    return `${this.root}:cron-starts1`;
  }

  /** Sorted set: likewise, by when their last run ended well. TTL `cronMark`, also of each. */
  cronSuccesses(): string {
    return `${this.root}:cron-successes1`;
  }

  /** Sorted set: ids of runs that ended in a question, by when, ms. TTL: a day, also of each. */
  openQuestions(): string {
    return `${this.root}:open-questions1`;
  }

  /** Sorted set: tenants with a run that began or went on, by when it did, ms; two thousand at most. TTL: a day, also of each. */
  tenantsAtWork(): string {
    return `${this.root}:tenants-at-work1`;
  }

  /** Set: those keys of `doubts` that hold something, for the cell to be counted. No TTL: whoever counts takes out what is empty. */
  doubtLists(): string {
    return `${this.root}:doubt-lists1`;
  }

  /** String: who holds a cell-wide duty, e.g. the reconciler. TTL set by the holder. */
  lease(duty: string): string {
    return `${this.root}:lease1:${duty}`;
  }

  /** Hash: a schedule, what became of its slots, its version. No TTL: it stays until it is removed. */
  schedule(tenantId: string, name: string): string {
    return `${this.root}:${tenantId}:schedule1:${name}`;
  }

  /** Set: names of a tenant's schedules. No TTL, as `schedule`. */
  schedules(tenantId: string): string {
    return `${this.root}:${tenantId}:schedules1`;
  }

  /** Sorted set: `tenant/name` of every schedule by when it is to be looked at next, ms, paused ones in the far future. No TTL. */
  schedulesDue(): string {
    return `${this.root}:schedules-due1`;
  }

  /** Hash: one purchase, (tenant, vendor, operation, canonical input). TTL by operation. */
  ledger(tenantId: string, vendor: string, op: string, inputHash: string): string {
    return `${this.root}:${tenantId}:ledger1:${vendor}:${op}:${inputHash}`;
  }

  /** Sorted set: ledger keys of the tenant's purchases of unknown outcome, by when they became so, ms. TTL: 90 days. */
  doubts(tenantId: string): string {
    return `${this.root}:${tenantId}:doubts1`;
  }

  /** Hash: how a tenant's doubt was resolved. TTL `resolvedDoubt`. */
  resolvedDoubt(tenantId: string, doubtId: string): string {
    return `${this.root}:${tenantId}:resolved1:${doubtId}`;
  }

  /** From whom and what was bought under a key of `ledger`. */
  ledgerParts(tenantId: string, ledgerKey: string): { vendor: string; op: string } {
    const [vendor = '', op = ''] = ledgerKey.slice(`${this.root}:${tenantId}:ledger1:`.length).split(':');
    return { vendor, op };
  }

  /** Set: whom the tenant must not look up, by names of `SuppressionNames`, which say under which key. No TTL: an objection has no end. */
  suppressed(tenantId: string): string {
    return `${this.root}:${tenantId}:suppressed1`;
  }

  /** String: which key suppression lists are written under; it says nothing of the key itself. No TTL, as they. */
  suppressionKeyId(): string {
    return `${this.root}:suppression-key1`;
  }

  /** Hash: what the tenant's runs spent and reserved per UTC day, `<day number>:spent|reserved`. TTL: 41 days. */
  tenantBudget(tenantId: string): string {
    return `${this.root}:${tenantId}:budget1`;
  }

  /** Hash: as `tenantBudget`, for all calls to a vendor. TTL: 41 days. */
  vendorBudget(vendor: string): string {
    return `${this.root}:vendor-budget1:${vendor}`;
  }

  /** Sorted set: calls holding a place of the cap's concurrency, `<grant>#<ledger key>` by lease end, ms. TTL as `cap`. */
  leases(capId: string): string {
    return `${this.root}:leases2:${capId}`;
  }

  /** Sorted set: units of a sliding window still occupied, `<grant>:<units>` by the time they become free, ms. TTL as `cap`. */
  window(capId: string, windowName: string): string {
    return `${this.root}:window2:${capId}:${windowName}`;
  }

  /**
   * Hash: a cap's clock, closure, breaker, windows and what was learned of them. TTL: two days and twice the longest window,
   * at least; set anew once a day while the cap is used.
   */
  cap(capId: string): string {
    return `${this.root}:cap2:${capId}`;
  }

  /** Sorted set: ids of the caps in use by when they were last seen, ms; trimmed as caps are seen. TTL: 60 days. */
  caps(): string {
    return `${this.root}:caps1`;
  }

  /** Stream: closings, reopenings and breakers of all caps; about the last 1,000. TTL: 30 days. */
  capEvents(): string {
    return `${this.root}:cap-events1`;
  }

  /** Hash: what operators have set, `limit:<cap>:<window>` and `weight:<tenant>`. No TTL: it holds until they take it back. */
  tuning(): string {
    return `${this.root}:tuning1`;
  }

  /** Before `wait`, `prioritized`, `delayed`, `active`: BullMQ's own lists of a cap's lane, which the gate counts. */
  laneQueue(capId: string): string {
    return `${this.bullPrefix()}:${laneQueue(capId)}:`;
  }
}
