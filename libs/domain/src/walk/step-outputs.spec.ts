import { aWalkedState } from '../../test/builders';
import { stepOutput } from './step-outputs';

describe('what a step found', () => {
  const state = aWalkedState({ website: { emails: ['hello@acme.example'] } });
  const emailsOf = (walked: typeof state) => stepOutput(walked, 'website', 'crawl_website')?.emails;

  it('is parsed once, and is no part of the record’s text', () => {
    const text = JSON.stringify(state);
    expect(emailsOf(state)).toEqual(['hello@acme.example']);
    expect(stepOutput(state, 'website', 'crawl_website')).toBe(stepOutput(state, 'website', 'crawl_website'));
    expect(JSON.stringify(state)).toBe(text);
  });

  it('is what a copy of the record says, whatever was parsed of the first', () => {
    expect(emailsOf(state)).toEqual(['hello@acme.example']);
    const steps = state.steps.map((record) =>
      record.step === 'website'
        ? { ...record, output: { ...(record.output as object), emails: [] } }
        : record,
    );
    expect(emailsOf({ ...state, steps })).toEqual([]);
  });
});
