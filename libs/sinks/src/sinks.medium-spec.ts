import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { appError, leadSchema, SINKS, type Lead, type SinkName } from '#libs/contracts';
import { LEAD_CSV_COLUMNS, leadToCsvRow } from '#libs/domain';
import { FileObjectStorage } from '#libs/object-storage';
import { safeCell } from './csv/safe-cell';
import { createSinks } from './create-sinks';
import type { Sink } from './sink.port';

let root: string;
let storage: FileObjectStorage;
let sinks: Readonly<Record<SinkName, Sink>>;
const context = { tenantId: 'acme', runId: 'run_1' };

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'leadgen-sinks-'));
  storage = new FileObjectStorage(root);
  sinks = createSinks(storage);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function files(): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile()).map((e) => e.name);
}

function aLead(rank: number, name: string | null = `Company ${rank}`, email = `p${rank}@x.example`): Lead {
  return {
    rank,
    status: 'complete',
    company: {
      company_id: `c_${'a'.repeat(16)}`,
      name,
      domain: 'x.example',
      social: null,
      country: 'DE',
      region: null,
      city: name,
      industry: 'software',
      industries: ['software'],
      employees: { min: 1, max: null },
      founded: 1999,
      description: null,
      source_rows: [rank],
    },
    facts: null,
    sources: { country: 'input' },
    score: { score: 70, bucket: 'A', confidence: 1, features: [], rationale: 'Fits.' },
    match: { matched: true, pre_score: 90, reasons: [] },
    website: null,
    firmographics: null,
    profile: null,
    signals: [],
    contacts: [
      {
        first_name: name,
        last_name: null,
        title: name,
        email,
        confidence: null,
        verdict: 'valid',
        email_source: 'finder',
        verified_by: 'verifier',
      },
    ],
    problems: [],
    cost_micro_usd: 0,
    vendors: [],
    simulated: false,
  };
}

async function* stream(leads: readonly Lead[]): AsyncGenerator<Lead> {
  yield* leads;
}

describe.each(SINKS)('the %s sink', (name) => {
  it('is found under its own name and writes its own file', async () => {
    expect(sinks[name].name).toBe(name);
    const result = await sinks[name].write([aLead(1)], context);
    expect(result).toEqual({ rows: 1, key: `runs/acme/run_1/leads.${name}` });
    expect(await files()).toEqual([`leads.${name}`]);
  });

  it('leaves a file without leads for a run without leads', async () => {
    const { rows, key } = await sinks[name].write(stream([]), context);
    expect(rows).toBe(0);
    const header = LEAD_CSV_COLUMNS.map((c) => c.name).join(',');
    expect(await text(await storage.open(key))).toBe(name === 'csv' ? `${header}\r\n` : '');
  });

  it('leaves the same file when written again', async () => {
    const leads = Array.from({ length: 1_234 }, (_, i) => aLead(i + 1));
    const { key } = await sinks[name].write(stream(leads), context);
    const once = await text(await storage.open(key));
    expect(await sinks[name].write(stream(leads), context)).toEqual({ rows: 1_234, key });
    expect(await text(await storage.open(key))).toBe(once);
    expect(await files()).toEqual([`leads.${name}`]);
  });

  it('keeps the previous file when the leads break off half-way', async () => {
    const { key } = await sinks[name].write(stream([aLead(1)]), context);
    const before = await text(await storage.open(key));
    const broken = appError('redis_unreachable', 'Redis is gone');
    async function* half(): AsyncGenerator<Lead> {
      for (let rank = 1; rank <= 2_000; rank += 1) yield aLead(rank);
      throw broken;
    }
    await expect(sinks[name].write(half(), context)).rejects.toBe(broken);
    expect(await text(await storage.open(key))).toBe(before);
    expect(await files()).toEqual([`leads.${name}`]);
  });

  it('stops at the signal', async () => {
    const controller = new AbortController();
    async function* cancelled(): AsyncGenerator<Lead> {
      for (let rank = 1; ; rank += 1) {
        if (rank === 3_000) controller.abort();
        yield aLead(rank);
      }
    }
    const writing = sinks[name].write(cancelled(), { ...context, signal: controller.signal });
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    expect(await files()).toEqual([]);
  });
});

describe('what is written can be read back', () => {
  const leads = fc
    .sample(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string()), { numRuns: 500, seed: 7 })
    .map(([name, email], i) => aLead(i + 1, name, email));

  it('leads.jsonl gives the leads themselves', async () => {
    const { key } = await sinks.jsonl.write(stream(leads), context);
    const lines = (await text(await storage.open(key))).trimEnd().split('\n');
    expect(lines.map((line) => leadSchema.parse(JSON.parse(line)))).toEqual(leads);
  });

  it('leads.csv gives the cells, marked where a spreadsheet might run them', async () => {
    const { key } = await sinks.csv.write(stream(leads), context);
    const [header, ...rows] = parse(await text(await storage.open(key)), {
      record_delimiter: '\r\n',
    });
    expect(header).toEqual(LEAD_CSV_COLUMNS.map((c) => c.name));
    const cells = leads.map((lead) =>
      leadToCsvRow(lead).map((cell) => (typeof cell === 'number' ? String(cell) : safeCell(cell ?? ''))),
    );
    expect(rows).toEqual(cells);
  });
});
