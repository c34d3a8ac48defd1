import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logLineSchema } from './log-line.schema';

const DOCS = readFileSync(join(__dirname, '../../../docs/logs.md'), 'utf8');
const LINE = {
  time: '2026-11-26T07:00:00.000Z',
  level: 'info',
  service: 'orchestrator',
  app: 'export',
  pid: 7,
  msg: '3 leads',
  event: 'run_complete',
  run_id: `run_${'0'.repeat(26)}`,
};

describe('a line of the log', () => {
  it.each(Object.keys(logLineSchema.shape))('%s is explained in docs/logs.md', (member) => {
    expect(DOCS).toContain(`\`${member}\``);
  });

  it('may have details beside what the schema names, with plain values', () => {
    expect(logLineSchema.safeParse({ ...LINE, removed: 3, redelivery: false, duty: 'reaper' }).success).toBe(
      true,
    );
  });

  it.each([
    ['no message', { msg: '' }],
    ['a process nobody knows', { app: 'chat' }],
    ['another service', { service: 'leadgen' }],
    ['an id that is none', { run_id: 'run_1' }],
    ['a document for a detail', { lead: { email: 'jane@acme.com' } }],
    ['a list for a detail', { leads: ['jane'] }],
    ['a member in another case', { companyId: 'c_1' }],
    ['a level by number', { level: 30 }],
  ])('with %s is refused', (_what, wrong) => {
    expect(logLineSchema.safeParse({ ...LINE, ...wrong }).success).toBe(false);
  });
});
