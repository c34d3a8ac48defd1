import { orchestrationBody } from './legacy-body';

describe('an old body', () => {
  it.each<[string, unknown, unknown]>([
    ['without anything asks for everything', {}, { input: 'run full pipeline' }],
    [
      'is taken by its old names, what else is in it left out, whose run it is too',
      {
        message: 'find me leads',
        session_id: 's1',
        user: 'u',
        icp: { industries: [] },
        top_n: 5,
        tenant_id: 'other',
        style: 'gpt',
      },
      { input: 'find me leads', thread_id: 's1', user_id: 'u', icp_payload: { industries: [] }, limit: 5 },
    ],
    ['goes by our names where it has both', { input: 'a', message: 'b' }, { input: 'a' }],
    [
      'may have null for what it does not say',
      { input: null, message: 'b', session_id: null },
      { input: 'b' },
    ],
    [
      'may have its profile as text',
      { icp: '{"industries":["software"]}' },
      { input: 'run full pipeline', icp_payload: { industries: ['software'] } },
    ],
    [
      'hands on a profile that is no JSON, to be refused',
      { icp: 'software' },
      { input: 'run full pipeline', icp_payload: 'software' },
    ],
    ['that is no object is handed on, to be refused', [1], [1]],
  ])('%s', (_what, old, ours) => {
    expect(orchestrationBody(old)).toEqual(ours);
  });
});
