import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STAGES, type StageName } from '#libs/contracts';
import { parsePayload } from './job-payload';

/** One file per stage and version that was ever shipped, `<stage>-<version>.json`: none is changed or removed. */
const GOLDEN = join(__dirname, '../../contracts/src/queues/golden');

const stages = Object.keys(STAGES) as StageName[];
const files = readdirSync(GOLDEN);
const golden = files.map((file) => {
  const [, stage, version] = /^([a-z]+)-(\d+)\.json$/.exec(file) ?? [];
  const payload = JSON.parse(readFileSync(join(GOLDEN, file), 'utf8')) as Record<string, unknown>;
  return { file, stage: stage as StageName, version: Number(version), payload };
});
const current = (stage: StageName): Record<string, unknown> =>
  golden.find((one) => one.stage === stage && one.version === STAGES[stage].version)?.payload ?? {};

describe('a job that an earlier release has written', () => {
  it.each(golden)('still parses: $file', ({ stage, version, payload }) => {
    expect(payload.v).toBe(version);
    expect(parsePayload(stage, payload)).toMatchObject({ tenantId: 'acme' });
  });

  it.each(stages)('has a golden file for every version of %s', (stage) => {
    const versions = golden.filter((one) => one.stage === stage).map(({ version }) => version);
    const shipped = Array.from({ length: STAGES[stage].version }, (_, i) => i + 1);
    expect(versions.sort((a, b) => a - b)).toEqual(shipped);
  });
});

describe.each(stages)('a payload of %s', (stage) => {
  const refusal = (payload: unknown): unknown => {
    try {
      return parsePayload(stage, payload);
    } catch (error) {
      return error;
    }
  };

  it('of a later version waits for a worker that reads it', () => {
    const later = { ...current(stage), v: STAGES[stage].version + 1, whatever: 'it has then' };
    expect(refusal(later)).toMatchObject({ code: 'payload_version_unknown', retry: { afterMs: 60_000 } });
  });

  it('with a member it does not know is refused, and never tried again', () => {
    expect(refusal({ ...current(stage), extra: 1 })).toMatchObject({
      code: 'payload_malformed',
      retry: 'never',
    });
  });

  it.each(Object.keys(current(stage)))('without %s is refused', (member) => {
    const { [member]: _, ...rest } = current(stage);
    expect(refusal(rest)).toMatchObject({ code: 'payload_malformed' });
  });

  it.each([
    null,
    'text',
    [],
    {},
    { v: 0 },
    { v: '1' },
    { v: 1.5 },
    { v: 1, tenantId: '../other', runId: 'run_01J8ZC4N5Q6R7S8T9VWXYZ0123' },
    { v: 1, tenantId: 'acme', runId: 'run:1' },
  ])('is not %j', (payload) => {
    expect(refusal(payload)).toMatchObject({ code: 'payload_malformed' });
  });
});
