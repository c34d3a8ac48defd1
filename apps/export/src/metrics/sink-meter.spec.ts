import { appError, type Lead } from '#libs/contracts';
import { createMetrics, type Metrics } from '#libs/observability';
import { SinkMeter } from './sink-meter';

let metrics: Metrics;
let meter: SinkMeter;
beforeEach(async () => {
  metrics = await createMetrics({ app: 'export', version: '1', onError: () => undefined });
  meter = new SinkMeter(metrics);
});
afterEach(() => metrics.stop());

const going = new AbortController().signal;

async function* leads(count: number): AsyncGenerator<Lead> {
  for (let rank = 1; rank <= count; rank += 1) yield { rank } as Lead;
}

/** A sink that takes so many leads and then ends like this. */
function sink(takes: number, end?: Error): (given: AsyncIterable<Lead>) => Promise<{ rows: number }> {
  return async (given) => {
    let rows = 0;
    for await (const lead of given) {
      rows = lead.rank;
      if (rows === takes) break;
    }
    if (end) throw end;
    return { rows };
  };
}

/** The samples that are not 0. */
async function counted(): Promise<string[]> {
  const lines = (await metrics.text()).split('\n');
  return lines.filter((line) => line.startsWith('leadgen_export') && !line.endsWith(' 0'));
}

describe('leads that go to a sink', () => {
  it('have all series at 0 before the first export', async () => {
    const text = await metrics.text();
    expect(text).toContain('leadgen_export_rows_total{sink="csv",outcome="written"} 0');
    expect(text).toContain('leadgen_exports_failed_total{sink="jsonl",reason="disk_full"} 0');
  });

  it('are counted as the sink says, and the sink’s answer is handed on', async () => {
    expect(await meter.measure('csv', leads(25), going, sink(25))).toEqual({ rows: 25 });
    expect(await counted()).toEqual(['leadgen_export_rows_total{sink="csv",outcome="written"} 25']);
  });

  it.each([
    ['disk_full', appError('storage_failed', 'full', { context: { disk_full: true } })],
    ['storage', appError('storage_failed', 'not permitted', { context: { disk_full: false } })],
    ['other', new Error('a bug')],
  ])('are counted as failed, for the reason %s, and the error is handed on', async (reason, error) => {
    await expect(meter.measure('jsonl', leads(9), going, sink(4, error))).rejects.toBe(error);
    expect(await counted()).toEqual([
      'leadgen_export_rows_total{sink="jsonl",outcome="failed"} 4',
      `leadgen_exports_failed_total{sink="jsonl",reason="${reason}"} 1`,
    ]);
  });

  it('of an interrupted export are no failure, but of one that took too long', async () => {
    const stopping = AbortSignal.abort(appError('worker_draining', 'stopping'));
    const error = new Error('aborted');
    await expect(meter.measure('csv', leads(9), stopping, sink(4, error))).rejects.toBe(error);
    expect(await counted()).toEqual([]);
    const late = AbortSignal.abort(appError('stage_timeout', 'too long'));
    await expect(meter.measure('csv', leads(9), late, sink(4, error))).rejects.toBe(error);
    expect(await counted()).toContain('leadgen_exports_failed_total{sink="csv",reason="other"} 1');
  });
});
