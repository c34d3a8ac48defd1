import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import { loadSettings } from '#libs/config';
import { createLogger } from '#libs/observability';
import { startTestRedis, type TestRedis } from '#libs/testing';
import { closeApi, createApi } from '../start-api';
import { describeApi } from './describe-api';
import { DOCS_PATH } from './serve-openapi';

describe('the description of the API, served', () => {
  let server: TestRedis;
  let app: NestExpressApplication;
  let url: string;
  let dataDir: string;

  beforeAll(async () => {
    server = await startTestRedis();
    dataDir = await mkdtemp(join(tmpdir(), 'leadgen-api-'));
    const settings = loadSettings({ REDIS_URL: server.url, LEADGEN_DATA_DIR: dataDir });
    app = await createApi(settings, createLogger({ app: 'api', level: 'silent' }));
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });

  afterAll(async () => {
    await closeApi(app);
    await server.stop();
    await rm(dataDir, { recursive: true });
  });

  it('has every route of the router, and no other', async () => {
    const routes = app
      .getHttpAdapter()
      .getInstance()
      .router.stack.flatMap(({ route }) =>
        route === undefined || route.path.startsWith(`/${DOCS_PATH}`)
          ? []
          : route.stack.map(({ method }) => `${method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`),
      );
    const described = Object.entries((await describeApi()).paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(described.length).toBeGreaterThan(4);
    expect([...new Set(routes)].sort()).toEqual(described.sort());
  });

  it('is given to anybody as JSON, the same as without a running API', async () => {
    const response = await fetch(`${url}/${DOCS_PATH}/openapi.json`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect((await response.json()) as OpenAPIObject).toEqual(JSON.parse(JSON.stringify(await describeApi())));
  });

  it('is a page whose scripts and styles come from the API itself, so that a strict content policy lets them run', async () => {
    const page = await fetch(`${url}/${DOCS_PATH}`);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    const sources = [...html.matchAll(/<(?:script|link)[^>]*\b(?:src|href)=["']([^"']+)["']/g)].map(
      ([, to]) => to,
    );
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      const { origin, href } = new URL(String(source), page.url);
      expect(origin).toBe(url);
      expect([source, (await fetch(href)).status]).toEqual([source, 200]);
    }
  });
});
