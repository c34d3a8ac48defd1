import { legacyRoutesSchema } from './legacy-routes.schema';

const given = (routes: Record<string, string>, dates: object = {}): string =>
  JSON.stringify({ deprecated: '2026-10-01', sunset: '2027-01-31', ...dates, routes });

describe('ORCHESTRATOR_LEGACY_ROUTES', () => {
  it('says which old path means what, from when it is deprecated and when it goes', () => {
    const parsed = legacyRoutesSchema.parse(
      given({ 'POST /chat': 'run', 'GET /chat/:thread_id/leads': 'leads' }),
    );
    expect(parsed).toEqual({
      deprecatedAt: new Date('2026-10-01T00:00:00Z'),
      sunsetAt: new Date('2027-01-31T00:00:00Z'),
      routes: [
        { method: 'POST', segments: ['chat'], action: 'run' },
        { method: 'GET', segments: ['chat', ':thread_id', 'leads'], action: 'leads' },
      ],
    });
  });

  it.each<[string, RegExp]>([
    ['{routes}', /is not JSON/],
    [given({ 'POST /chat': 'runs' }), /run/],
    [given({}, { sunset: 'soon' }), /sunset/],
    [given({}, { sunset: '2026-09-30' }), /sunset 2026-09-30 is before deprecated 2026-10-01/],
    [given({ 'GET /chat': 'run' }), /"GET \/chat": write "POST \/old\/path" for run/],
    [given({ '/chat': 'run' }), /write "POST \/old\/path" for run/],
    [given({ 'POST /chat/:thread_id': 'run' }), /run takes no parameter in its path/],
    [given({ 'GET /chat': 'status' }), /status takes :thread_id once in its path/],
    [given({ 'GET /:id': 'status' }), /status takes :thread_id once/],
    [
      given({ 'GET /api/usage/:thread_id': 'status' }),
      /"GET \/api\/usage\/:thread_id": that path is this API's own/,
    ],
  ])('%s is refused with the reason', (text, message) => {
    const parsed = legacyRoutesSchema.safeParse(text);
    expect(parsed.error?.issues.map((issue) => issue.message).join('; ')).toMatch(message);
  });
});
