import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Contact } from '#libs/contracts';
import { FileObjectStorage, objectKeys } from '#libs/object-storage';
import { CompanyRepository, journalFields, RunRepository, type RunRef } from '#libs/run-state';
import { useTestRedis } from '#libs/testing';
import { Eraser, type TenantActivity } from './eraser';
import { Erasures } from './erasures.repository';
import { FileSweep } from './files/file-sweep';
import { RedisSweep } from './redis/redis-sweep';

const NEVER = new AbortController().signal;
const ADA: Contact = {
  first_name: 'Ada',
  last_name: 'Canary',
  title: 'CTO',
  email: 'ada@acme.com',
  confidence: 9,
};
const ADA_UNKNOWN: Contact = { ...ADA, email: null };
const BOB: Contact = { ...ADA, first_name: 'Bob', last_name: 'Other', email: 'bob@acme.com' };
const COMPANY_ID = `c_${'a'.repeat(16)}`;

describe('erasing, on a real Redis and real files', () => {
  const used = useTestRedis();
  let folder: string;
  let storage: FileObjectStorage;
  let run: RunRef;
  let now: number;
  let atWork: boolean;
  let erasures: Erasures;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-erasure-'));
    storage = new FileObjectStorage(folder);
    now = Date.now();
    atWork = false;
    erasures = new Erasures(used.redis, used.keys);
    run = await prepare();
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** A run with one company that has two contacts, one of them known to a second vendor by name alone. */
  async function prepare(state: 'done' | 'pending' = 'done'): Promise<RunRef> {
    const { redis, keys } = used;
    const runs = new RunRepository(redis, keys);
    const created = await runs.create(
      { tenant_id: 'acme', input: 'run for ada@acme.com', mode: 'full', limit: 5, export: ['csv'] },
      { source: 'api' },
    );
    const contacts = { contacts: [ADA, BOB] };
    const step = {
      step: 'contacts',
      op: 'find_contacts',
      status: 'found',
      vendor: 'v',
      output: contacts,
    } as const;
    await redis.hset(keys.company('acme', created.runId, COMPANY_ID), {
      state,
      base: JSON.stringify({
        company: {
          company_id: COMPANY_ID,
          name: 'Acme',
          domain: 'acme.com',
          social: null,
          country: null,
          region: null,
          city: null,
          industry: null,
          industries: [],
          employees: null,
          founded: null,
          description: null,
          source_rows: [1],
        },
        match: { matched: true, pre_score: 1, reasons: [] },
        position: 1,
      }),
      ...journalFields({ kind: 'step', record: { ...step, cost_micro: 1, simulated: false } }),
    });
    await redis.zadd(keys.companies('acme', created.runId), 1, COMPANY_ID);
    const purchase = (vendor: string, value: object): Promise<number> =>
      redis.hset(keys.ledger('acme', vendor, 'find_contacts', 'h'), {
        status: 'settled',
        cost: '5',
        result: JSON.stringify({ kind: 'ok', value }),
      });
    await purchase('v', contacts);
    await purchase('other', { contacts: [ADA_UNKNOWN, BOB] });
    return created;
  }

  const eraser = (files: Pick<FileSweep, 'sweep'> = new FileSweep(storage)): Eraser => {
    const { redis, keys } = used;
    const activity: TenantActivity = { isAtWork: () => Promise.resolve(atWork) };
    const records = new RedisSweep(redis, keys, new CompanyRepository(redis, keys));
    return new Eraser(erasures, records, files, activity, () => now);
  };

  async function request(kind: 'email' | 'domain' = 'email', value = 'ada@acme.com') {
    return { tenantId: 'acme', erasureId: await erasures.request('acme', { kind, value }) };
  }

  async function everything(): Promise<string> {
    const { redis, keys } = used;
    const hashes = await Promise.all(
      (await redis.keys(keys.ofTenant('acme'))).map(async (key) =>
        (await redis.type(key)) === 'hash' ? JSON.stringify(await redis.hgetall(key)) : '',
      ),
    );
    return hashes.join('\n');
  }

  const read = async (key: string): Promise<string> => text(await storage.open(key));

  it('goes on where a crash cut it short, with the names it had learned by then', async () => {
    const crash = new Error('the process died');
    const ref = await request();
    await expect(eraser({ sweep: () => Promise.reject(crash) }).work(ref, NEVER)).rejects.toBe(crash);
    // The names are in nothing else any more.
    expect(await everything()).toContain('canary');
    const late = used.keys.ledger('acme', 'late', 'find_contacts', 'h');
    const result = JSON.stringify({ kind: 'ok', value: { contacts: [ADA_UNKNOWN] } });
    await used.redis.hset(late, { status: 'settled', result });
    expect(await eraser().work(ref, NEVER)).toBe(false);
    expect(await eraser().work(ref, NEVER)).toBe(true);
    const left = await everything();
    expect(left).not.toMatch(/ada@|canary/i);
    expect(left).toContain('bob@acme.com');
    expect(await used.redis.hget(late, 'result')).toBe('{"kind":"empty"}');
    expect(await erasures.receipt(ref)).toMatchObject({ state: 'done', companies: 1, purchases: 3 });
    expect(await erasures.due(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  it('keeps what others’ purchases cost and how long they are kept', async () => {
    const key = used.keys.ledger('acme', 'v', 'find_contacts', 'h');
    await used.redis.expire(key, 1_000);
    const ref = await request();
    while (!(await eraser().work(ref, NEVER)));
    expect(await used.redis.hgetall(key)).toEqual({
      status: 'settled',
      cost: '5',
      result: JSON.stringify({ kind: 'ok', value: { contacts: [BOB] } }),
    });
    expect(await used.redis.ttl(key)).toBeGreaterThan(900);
  });

  it('is not done while somebody at work could write what was read before', async () => {
    atWork = true;
    const ref = await request();
    expect(await eraser().work(ref, NEVER)).toBe(false);
    expect(await eraser().work(ref, NEVER)).toBe(false);
    expect(await erasures.receipt(ref)).toMatchObject({ state: 'sweeping' });
    expect(await erasures.due(now)).toEqual([]);
    now += 200_000;
    expect(await erasures.due(now)).toEqual([ref]);
    expect(await eraser().work(ref, NEVER)).toBe(true);
  });

  it('ends a company whose walk goes on, once, and counts it', async () => {
    run = await prepare('pending');
    const runs = new RunRepository(used.redis, used.keys);
    const ref = await request('domain', 'acme.com');
    while (!(await eraser().work(ref, NEVER)));
    expect((await runs.get(run)).counters.done).toBe(1);
    const document = await new CompanyRepository(used.redis, used.keys).find(run, COMPANY_ID);
    expect(document).toMatchObject({ state: 'suppressed', company: { name: null, domain: null }, steps: [] });
  });

  it('takes the address out of files whatever their format, and the row of the company itself', async () => {
    const utf16 = Buffer.from('\ufeffname;mail\nAcme;ADA@acme.com\nÄrger;bob@acme.com\n', 'utf16le');
    const upload = objectKeys.upload('acme', 'ds_1');
    await storage.write(upload, utf16);
    const csv = objectKeys.runFile('acme', run.runId, 'leads.csv');
    await storage.write(
      csv,
      'name,contact_name,contact_email\r\n"Acme, Inc.",Ada Canary,ada@acme.com\r\nOther,Bob,bob@acme.com\r\n',
    );
    const foreign = objectKeys.upload('globex', 'ds_1');
    await storage.write(foreign, 'ada@acme.com');
    const big = objectKeys.upload('acme', 'ds_2');
    const lines = Array.from({ length: 50_000 }, (_, i) => `row ${i},ada@acme.com,nada@acme.com\n`);
    await storage.write(big, lines);
    const ref = await request();
    while (!(await eraser().work(ref, NEVER)));
    expect(await read(csv)).toBe(
      'name,contact_name,contact_email\r\n"Acme, Inc.",,\r\nOther,Bob,bob@acme.com\r\n',
    );
    expect(await read(foreign)).toBe('ada@acme.com');
    expect(await read(big)).toBe(lines.join('').replaceAll(',ada@acme.com', ','));
    const bytes = Buffer.concat(await (await storage.open(upload)).toArray());
    expect(bytes.toString('utf16le')).toBe('\ufeffname;mail\nAcme;\nÄrger;bob@acme.com\n');
    expect((await erasures.receipt(ref)).files).toBe(3);
  });

  it('writes a run’s events anew under their own ids', async () => {
    const { redis, keys } = used;
    const key = keys.events('acme', run.runId);
    await redis.xadd(key, '900-0', 'type', 'progress', 'message', 'About ada@acme.com');
    await redis.xadd(key, '901-0', 'type', 'progress', 'message', 'About nobody');
    const before = await redis.xrange(key, '-', '+');
    const ref = await request();
    while (!(await eraser().work(ref, NEVER)));
    const after = await redis.xrange(key, '-', '+');
    expect(after.map(([id]) => id)).toEqual(before.map(([id]) => id));
    expect(JSON.stringify(after)).toContain('About [erased]');
    expect(await redis.ttl(key)).toBeGreaterThan(0);
  });
});
