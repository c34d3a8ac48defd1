import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read } from '../audit/audit-verbs';
import type { CommandContext } from '../command-context';
import { limit, weight } from '../vendors/tuning-verbs';
import { erase } from './erase-verbs';
import { set } from './stored-verbs';

/** Whoever looked at it would fail: what is typed is checked before anything is read or reached. */
const CONTEXT = {} as CommandContext;

describe('what is typed wrong is refused before anything connects, naming what to write', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-words-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['icp', '{"industries":["alchemy"]}', /alchemy/],
    ['icp', 'no JSON', /--file: not JSON/],
    ['profile', '{"nam":"x"}', /--file: .*nam/],
    ['exclusions', '[{"kind":"friend","domain":"a.com"}]', /0\.kind/],
    ['exclusions', '[{"kind":"customer","domain":"nowhere"}]', /entry 1: /],
  ] as const)('a stored %s: %s', async (what, content, message) => {
    const path = join(folder, 'wrong.json');
    await writeFile(path, content);
    await expect(set(what)({ tenantId: 'acme', file: path }, CONTEXT)).rejects.toThrow(message);
  });

  it('a file that is not there', async () => {
    await expect(set('icp')({ tenantId: 'acme', file: join(folder, 'no') }, CONTEXT)).rejects.toThrow(
      /--file/,
    );
    await expect(set('icp')({ tenantId: 'acme' }, CONTEXT)).rejects.toThrow(/--file <path>/);
  });

  it.each([
    [{ tenantId: 'acme' }, /--email <address>, --domain <domain> or/],
    [{ tenantId: 'acme', email: 'a@b.example', domain: 'b.example' }, /pass one of/],
    [{ tenantId: 'acme', email: 'nobody' }, /--email: this is no e-mail address/],
    [{ tenantId: 'acme', email: 'a@b.example', wait: 'long' }, /--wait "long"/],
    [{ email: 'a@b.example' }, /--tenant-id/],
    [{ tenantId: 'audit1', email: 'a@b.example' }, /--tenant-id audit1: this word/],
  ])('an erasure of %j', async (options, message) => {
    await expect((async () => erase(options, CONTEXT))()).rejects.toThrow(message);
  });

  it.each([
    [limit, { vendor: 'v', window: 'x' }, /--limit <number>, or --clear/],
    [limit, { vendor: 'v', window: 'x', limit: '0' }, /--limit "0"/],
    [limit, { vendor: 'v', window: 'x', limit: '' }, /--limit ""/],
    [limit, { vendor: 'v', window: 'x', limit: '1.5' }, /whole number/],
    [weight, { tenantId: 'acme', weight: '5000' }, /--weight "5000"/],
    [weight, { tenantId: 'acme', weight: 'NaN' }, /--weight "NaN"/],
    [weight, { weight: '2' }, /--tenant-id/],
    [weight, { tenantId: 'acme', weight: '2', clear: true }, /--clear/],
    [weight, { tenantId: 'acme', weight: '2', actor: 'a@b.example' }, /--actor/],
  ])('a limit or a share, case %#', async (verb, options, message) => {
    await expect((async () => verb(options, CONTEXT))()).rejects.toThrow(message);
  });

  it.each([
    [{ limit: '501' }, /--limit "501"/],
    [{ limit: '-1' }, /--limit "-1"/],
    [{ before: 'x' }, /--before "x"/],
    [{ tenantId: '../x' }, /--tenant-id/],
  ])('a page of the audit log: %j', async (options, message) => {
    await expect((async () => read(options, CONTEXT))()).rejects.toThrow(message);
  });
});
