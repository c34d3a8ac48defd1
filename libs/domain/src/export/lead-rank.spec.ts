import fc from 'fast-check';
import { aCompany, aMatch, aWalkedState } from '../../test/builders';
import { aCompiledIcp } from '../../test/icp-builder';
import { scoreLead } from '../score';
import { compareRank, rankKey } from './lead-rank';
import { toLead, type UnrankedLead } from './to-lead';

const ICP = aCompiledIcp();
const state = aWalkedState();
const plain = toLead(
  { ...state, state: 'done', position: 1, score: scoreLead(state, ICP), failure: null },
  { icp: ICP, simulated: false },
);

function aLead(name: string, score: number, confidence: number, preScore: number): UnrankedLead {
  return {
    ...plain,
    company: aCompany({ company_id: `c_${name}`, name }),
    score: { ...plain.score, score, confidence },
    match: aMatch({ pre_score: preScore }),
  };
}

function ranked(leads: readonly UnrankedLead[]): (string | null)[] {
  return leads.toSorted((a, b) => compareRank(rankKey(a), rankKey(b))).map(({ company }) => company.name);
}

describe('the ranking', () => {
  it('goes by score, then confidence, then pre-score, then company id', () => {
    const leads = [
      aLead('e', 80, 0.5, 70),
      aLead('d', 80, 0.5, 70),
      aLead('c', 80, 0.5, 90),
      aLead('b', 80, 0.9, 10),
      aLead('a', 90, 0.1, 10),
    ];
    expect(ranked(leads)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('gives the same order however the leads come', () => {
    const some = fc.uniqueArray(
      fc.record({
        name: fc.string({ minLength: 1 }),
        score: fc.nat(2),
        confidence: fc.nat(1),
        preScore: fc.nat(2),
      }),
      { selector: (l) => l.name },
    );
    fc.assert(
      fc.property(some, fc.gen(), (specs, gen) => {
        const leads = specs.map((s) => aLead(s.name, s.score, s.confidence, s.preScore));
        const shuffled = gen(fc.shuffledSubarray, leads, {
          minLength: leads.length,
          maxLength: leads.length,
        });
        expect(ranked(shuffled)).toEqual(ranked(leads));
      }),
    );
  });
});
