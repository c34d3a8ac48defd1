import { userInfo } from 'node:os';
import { actorOf } from './actor';

describe('who acts, for the audit log', () => {
  it('is the user of the machine, or the name that is given', () => {
    expect(actorOf({})).toBe(`cli:${userInfo().username}`);
    expect(actorOf({ actor: 'nightly-cron' })).toBe('cli:nightly-cron');
  });

  it.each(['', 'ada@acme.example', 'a b', 'x'.repeat(65), 'a\nb'])('is no %j', (actor) => {
    expect(() => actorOf({ actor })).toThrow(/^--actor: /);
  });
});
