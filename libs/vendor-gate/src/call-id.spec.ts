import { askerOf, callIdOf } from './call-id';

const CALLER = {
  runId: 'run_01M83T0C0N157MS0FWEXFGGEYC',
  companyId: 'c_4rwagwuxa5waoxeb',
  epoch: 1,
  hop: 2,
  step: 'email_find',
  vendor: 'hunter',
};

describe('the id of a call', () => {
  it('says whose call it is', () => {
    const { runId, companyId } = CALLER;
    expect(askerOf(callIdOf(CALLER))).toEqual({ runId, companyId });
  });

  it.each([
    ['another run', { runId: 'run_01M83T0C0N157MS0FWEXFGGEYD' }],
    ['another company', { companyId: 'c_4rwagwuxa5waoxec' }],
    ['a retry', { epoch: 2 }],
    ['a later job', { hop: 3 }],
    ['another step', { step: 'email_verify' }],
    ['another vendor', { vendor: 'apollo' }],
  ])('is another one for %s', (_what, change) => {
    expect(callIdOf({ ...CALLER, ...change })).not.toBe(callIdOf(CALLER));
  });

  it.each(['', 'bench', 'run_x-c_y-e0-h0-contacts-hunter'])('of nobody we know says so: %j', (callId) => {
    expect(askerOf(callId)).toEqual({ runId: null, companyId: null });
  });
});
