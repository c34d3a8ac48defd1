import { request } from 'node:http';
import { METRICS_CONTENT_TYPE, startMetricsServer, type MetricsServer } from './metrics-server';

describe('the metrics port', () => {
  let server: MetricsServer;
  let problems: string[] = [];
  let figures = () => Promise.resolve('leadgen_leader 1\n');

  beforeAll(async () => {
    server = await startMetricsServer({
      host: '127.0.0.1',
      port: 0,
      metrics: () => figures(),
      notReady: () => Promise.resolve(problems),
    });
  });
  afterAll(() => server.close());

  it('serves the figures as Prometheus asks for them, and lets nobody keep them', async () => {
    const answer = await fetch(`${server.url}/metrics?x=1`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(METRICS_CONTENT_TYPE);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toBe('leadgen_leader 1\n');
  });

  it('says that the process lives, and whether it can work, with the reason if not', async () => {
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${server.url}/health/ready`)).json()).toEqual({ status: 'ok' });
    problems = ['redis: gone'];
    const answer = await fetch(`${server.url}/health/ready`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ status: 'not_ready', problems });
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  });

  it('takes nothing but questions, and knows no other page', async () => {
    expect((await fetch(`${server.url}/metrics`, { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await fetch(`${server.url}/`)).status).toBe(404);
    expect((await fetch(`${server.url}/ops/queues`)).status).toBe(404);
  });

  it('answers 500 with the reason, and goes on, where the figures cannot be had', async () => {
    figures = () => Promise.reject(new Error('no figures'));
    const answer = await fetch(`${server.url}/metrics`);
    expect([answer.status, await answer.text()]).toEqual([500, 'no figures\n']);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  });

  it('names the setting to change where its address is taken or is none of this machine', async () => {
    const options = {
      host: '127.0.0.1',
      metrics: () => Promise.resolve(''),
      notReady: () => Promise.resolve([]),
    };
    const taken = { ...options, port: Number(new URL(server.url).port) };
    await expect(startMetricsServer(taken)).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringMatching(/EADDRINUSE.*LEADGEN_METRICS_PORT/) as string,
    });
    await expect(startMetricsServer({ ...options, host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
      code: 'config_invalid',
    });
  });

  it('closes although somebody keeps a connection', async () => {
    const other = await startMetricsServer({
      host: '127.0.0.1',
      port: 0,
      metrics: () => Promise.resolve(''),
      notReady: () => Promise.resolve([]),
    });
    const kept = request(other.url, { headers: { connection: 'keep-alive' } });
    const ended = new Promise((resolve) => kept.on('error', resolve).on('close', resolve));
    kept.flushHeaders();
    await fetch(`${other.url}/health/live`);
    await other.close();
    await ended;
    await expect(fetch(`${other.url}/health/live`)).rejects.toThrow();
  });
});
