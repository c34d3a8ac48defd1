import { runsOptions } from './runs-options';

const typed =
  (words: object): (() => unknown) =>
  () =>
    runsOptions({ limit: '20', ...words });

describe('leadgen runs', () => {
  it('takes what there is', () => {
    expect(typed({})()).toEqual({ tenantId: undefined, filter: {}, limit: 20 });
    expect(
      typed({ tenantId: 'acme', threadId: 'q3', source: 'cron', state: 'paused', limit: '1' })(),
    ).toEqual({
      tenantId: 'acme',
      filter: { threadId: 'q3', source: 'cron', state: 'paused' },
      limit: 1,
    });
  });

  it.each([
    [{ state: 'runing' }, /^--state "runing": use queued, .*did you mean running\?/],
    [{ source: 'web' }, /^--source "web": use api, cli, cron, chat/],
    [{ limit: '0' }, /^--limit "0": give a whole number from 1 to/],
    [{ limit: '1e9' }, /^--limit "1e9": give a whole number/],
    [{ limit: '99999999999999999999' }, /^--limit/],
    [{ threadId: 'q3' }, /^--thread-id needs --tenant-id/],
    [{ tenantId: 'acme', threadId: 'a b' }, /^--thread-id "a b": no thread is called so/],
    [{ tenantId: 'a b' }, /^--tenant-id a b: a tenant id is/],
  ])('refuses %j, naming the flag and the fix', (words, message) => {
    expect(typed(words)).toThrow(message);
  });
});
