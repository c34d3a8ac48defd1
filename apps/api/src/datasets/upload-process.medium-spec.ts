import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeys } from '#libs/access';
import { CellKeys, closeRedis, createRedis, producerConnectionOptions } from '#libs/redis';
import { spawnApp, startTestRedis, type SpawnedApp, type TestRedis } from '#libs/testing';

const MB = 1024 * 1024;
const UPLOADED_MB = 100;
/** A first upload makes the process as large as buffers and the garbage collector's patience make it; what is uploaded then adds nothing. */
const FIRST_MB = 50;
const GROWTH_MB_MAX = 40;
const UPLOAD_MS_MAX = 3_000;

describe('uploads to the API as a process', () => {
  let redis: TestRedis;
  let dataDir: string;
  let api: SpawnedApp;
  let authorization: string;

  beforeAll(async () => {
    redis = await startTestRedis();
    const connection = createRedis(redis.url, producerConnectionOptions());
    await connection.connect();
    const keys = new ApiKeys(connection, new CellKeys('main'));
    const { text } = await keys.issue({ tenantId: 'acme', environment: 'test' });
    authorization = `Bearer ${text}`;
    await closeRedis(connection);
    dataDir = await mkdtemp(join(tmpdir(), 'leadgen-api-'));
  });
  afterAll(async () => {
    await redis.stop();
    await rm(dataDir, { recursive: true });
  });

  const start = (env: Record<string, string> = {}): Promise<SpawnedApp> =>
    spawnApp('api', { REDIS_URL: redis.url, LEADGEN_API_PORT: '0', LEADGEN_DATA_DIR: dataDir, ...env });
  afterEach(() => api.stop());

  async function* companies(mb: number): AsyncGenerator<Uint8Array> {
    const row = 'Acme Corporation of Somewhere,acme.example,US,software,51-200\n';
    const chunk = Buffer.from(row.repeat(Math.ceil(MB / row.length))).subarray(0, MB);
    for (let i = 0; i < mb; i += 1) yield chunk;
  }

  async function* asForm(mb: number): AsyncGenerator<Uint8Array> {
    yield Buffer.from('--x\r\ncontent-disposition: form-data; name=file; filename=a.csv\r\n\r\n');
    yield* companies(mb);
    yield Buffer.from('\r\n--x--\r\n');
  }

  async function upload(type: string, body: AsyncGenerator<Uint8Array>): Promise<unknown> {
    const response = await fetch(`${String(api.ready.url)}/api/datasets`, {
      method: 'POST',
      headers: { authorization, 'content-type': type },
      body,
      duplex: 'half',
    });
    return { status: response.status, ...((await response.json()) as object) };
  }

  /** The most it ever had. */
  async function rssMb(): Promise<number> {
    const status = await readFile(`/proc/${api.pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]) / 1024;
  }

  it.each([
    ['text/csv', companies],
    ['multipart/form-data; boundary=x', asForm],
  ])('pass through it and are never in its memory (%s)', async (type, body) => {
    api = await start();
    expect(await upload(type, body(FIRST_MB))).toMatchObject({ status: 201 });
    const before = await rssMb();
    expect(await upload(type, body(UPLOADED_MB))).toMatchObject({ status: 201, bytes: UPLOADED_MB * MB });
    expect((await rssMb()) - before).toBeLessThan(GROWTH_MB_MAX);
  });

  it('that trickle in are not held to the time limit of other requests, and end at their own', async () => {
    api = await start({
      LEADGEN_API_REQUEST_TIMEOUT_MS: '1000',
      LEADGEN_API_HEADERS_TIMEOUT_MS: '1000',
      LEADGEN_DATASET_UPLOAD_MS_MAX: String(UPLOAD_MS_MAX),
    });
    const socket: Socket = connect(Number(new URL(String(api.ready.url)).port), '127.0.0.1');
    await once(socket, 'connect');
    const started = performance.now();
    socket.write(
      `POST /api/datasets HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\n` +
        'content-type: text/csv\r\ncontent-length: 200000\r\n\r\nname\n',
    );
    const trickle = setInterval(() => socket.write('Acme\n'), 500);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    clearInterval(trickle);
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1.1 408 .*connection: close.*"code":"request_timeout"/is);
    expect(performance.now() - started).toBeGreaterThan(UPLOAD_MS_MAX - 1_000);
  });
});
