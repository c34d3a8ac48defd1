import { boardAccess } from './board-actions';
import { isFromForeignPage } from './foreign-page';

const RUN = 'run_01J8ZC00000000000000000000';

describe('what a request to the board may do', () => {
  it('looks at everything', () => {
    expect(boardAccess('GET', '/api/queues/enrich/some-job')).toEqual({ kind: 'look' });
  });

  it('changes what is on the list, and knows of what', () => {
    expect(boardAccess('PUT', '/api/queues/normalize/pause')).toEqual({
      kind: 'change',
      action: 'queue.paused',
      target: 'normalize',
    });
    expect(boardAccess('PUT', `/api/queues/normalize/normalize-${RUN}/retry`)).toEqual({
      kind: 'change',
      action: 'job.retried',
      target: `normalize-${RUN}`,
    });
  });

  it.each([
    ['PUT', '/api/queues/enrich/pause'],
    ['PUT', '/api/queues/enrich.sim-acme/rate-limit/release'],
    ['PUT', '/api/queues/pause'],
    ['PUT', '/api/queues/normalize/empty'],
    ['PUT', '/api/queues/normalize/obliterate'],
    ['PUT', '/api/queues/normalize/clean/active'],
    ['PUT', '/api/queues/normalize/clean/wait'],
    ['PUT', `/api/queues/normalize/normalize-${RUN}/clean`],
    ['PATCH', `/api/queues/normalize/normalize-${RUN}/update-data`],
    ['PUT', `/api/queues/export/export-${RUN}/remove-unprocessed-children`],
    ['POST', '/api/queues/normalize/add'],
    ['PUT', '/api/queues/%6eormalize/obliterate'],
    ['PUT', '//api/queues/normalize/pause'],
    ['DELETE', '/'],
  ])('refuses everything else: %s %s', (method, path) => {
    expect(boardAccess(method, path)).toEqual({ kind: 'refused' });
  });
});

describe('a request of a foreign page', () => {
  const host = 'ops.example.com:9000';

  it.each([
    { host, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { host, 'sec-fetch-site': 'same-site', origin: 'http://other.example.com' },
    { host, 'sec-fetch-site': 'none' },
    { host, origin: 'http://evil.example' },
    { host, origin: 'http://ops.example.com:9001' },
    { host, origin: 'null' },
    { host, origin: 'ops.example.com:9000' },
    { origin: 'http://ops.example.com:9000' },
    { host, 'sec-fetch-site': 'same-origin', origin: 'http://evil.example' },
  ])('is one by %j', (headers) => {
    expect(isFromForeignPage(headers)).toBe(true);
  });

  it.each([
    { host },
    { host, 'sec-fetch-site': 'same-origin' },
    { host, origin: 'http://ops.example.com:9000' },
    { host, 'sec-fetch-site': 'same-origin', origin: 'https://OPS.example.com:9000' },
  ])('is none by %j', (headers) => {
    expect(isFromForeignPage(headers)).toBe(false);
  });
});
