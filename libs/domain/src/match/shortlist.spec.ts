import fc from 'fast-check';
import { shortHash } from '#libs/kernel';
import type { MatchReason } from '#libs/contracts';
import { aCompany, aMatch } from '../../test/builders';
import { BoundedRanking } from './bounded-ranking';
import { createShortlist, type JudgedCompany, type ShortlistOptions } from './shortlist';

const miss = (criterion: string): MatchReason => ({ criterion, verdict: 'miss', text: `not ${criterion}` });

function judged(name: string, preScore: number, misses: string[] = []): JudgedCompany {
  const company = aCompany({ name, domain: null, company_id: `c_${shortHash(name, 16)}` });
  return {
    company,
    match: aMatch({ matched: misses.length === 0, pre_score: preScore, reasons: misses.map(miss) }),
  };
}

function shortlist(options: ShortlistOptions, companies: readonly JudgedCompany[]) {
  const list = createShortlist(options);
  for (const { company, match } of companies) list.add(company, match);
  return list.result();
}

describe('the shortlist', () => {
  it('selects the best, lists those just behind and counts the others', () => {
    const companies = [10, 50, 30, 40, 20].map((preScore) => judged(`n${preScore}`, preScore));
    const result = shortlist({ limit: 2, waiting: 2 }, companies);
    expect(result.selected.map((e) => [e.position, e.match.pre_score])).toEqual([
      [1, 50],
      [2, 40],
    ]);
    expect(result.waiting.map((e) => [e.position, e.match.pre_score])).toEqual([
      [3, 30],
      [4, 20],
    ]);
    expect(result).toMatchObject({ matched: 5, notSelected: 3, nearestMisses: [] });
  });

  it('says who came closest when nothing matched: fewest misses first, excluded ones last', () => {
    const result = shortlist({ limit: 10, waiting: 40 }, [
      judged('two', 60, ['countries', 'founded']),
      judged('excluded', 0, ['exclude_domains']),
      judged('one, low', 40, ['countries']),
      judged('one, high', 70, ['founded']),
    ]);
    expect(result).toMatchObject({ selected: [], waiting: [], matched: 0, notSelected: 0 });
    expect(result.nearestMisses).toEqual([
      { name: 'one, high', pre_score: 70, missed: ['not founded'] },
      { name: 'one, low', pre_score: 40, missed: ['not countries'] },
      { name: 'two', pre_score: 60, missed: ['not countries', 'not founded'] },
      { name: 'excluded', pre_score: 0, missed: ['not exclude_domains'] },
    ]);
  });

  it('gives no place to whom the tenant has been handed before: the next best take it; they count as matched', () => {
    const list = createShortlist({ limit: 2, waiting: 1 });
    for (const preScore of [50, 40, 30, 20]) {
      const { company, match } = judged(`n${preScore}`, preScore);
      list[preScore > 30 ? 'leaveOut' : 'add'](company, match);
    }
    const missed = judged('missed', 90, ['countries']);
    list.leaveOut(missed.company, missed.match);
    const result = list.result();
    expect(result.selected.map(({ match }) => match.pre_score)).toEqual([30, 20]);
    expect(result).toMatchObject({ matched: 4, leftOut: 2, notSelected: 0, waiting: [] });
    expect(result.nearestMisses.map(({ name }) => name)).toEqual(['missed']);
  });

  it('lists apart whom the tenant excludes, and counts those beyond', () => {
    const list = createShortlist({ limit: 1, waiting: 1, excluded: 2 });
    for (const name of ['a', 'b', 'c']) {
      const { company } = judged(name, 0);
      list.exclude(company, aMatch({ matched: false }));
    }
    const { company, match } = judged('other', 10);
    list.add(company, match);
    const result = list.result();
    expect(result).toMatchObject({ matched: 1, excludedCount: 3, nearestMisses: [] });
    expect(result.excluded.map(({ position }) => position)).toEqual([2, 3]);
  });

  it('is the same whatever order the companies come in, and equals sorting them all', () => {
    const many = fc.uniqueArray(
      fc.record({
        name: fc.string({ minLength: 1 }),
        preScore: fc.integer({ min: 0, max: 5 }),
        misses: fc.nat(3),
      }),
      { selector: (c) => c.name, maxLength: 60 },
    );
    fc.assert(
      fc.property(many, fc.nat(10), fc.nat(10), fc.gen(), (specs, limit, waiting, gen) => {
        const companies = specs.map((s) => judged(s.name, s.preScore, ['a', 'b', 'c'].slice(0, s.misses)));
        const all = { minLength: companies.length, maxLength: companies.length };
        const result = shortlist({ limit, waiting }, companies);
        expect(shortlist({ limit, waiting }, gen(fc.shuffledSubarray, companies, all))).toEqual(result);

        const sorted = companies
          .filter((c) => c.match.matched)
          .sort(
            (a, b) =>
              b.match.pre_score - a.match.pre_score || (a.company.company_id < b.company.company_id ? -1 : 1),
          );
        const listed = [...result.selected, ...result.waiting].map((e) => e.company.name);
        expect(listed).toEqual(sorted.slice(0, limit + waiting).map((c) => c.company.name));
        expect(result.selected).toHaveLength(Math.min(limit, sorted.length));
        expect(result.selected.length + result.notSelected).toBe(result.matched);
      }),
    );
  });
});

describe('a bounded ranking', () => {
  it('equals sorting everything, also when it prunes many times', () => {
    let seed = 1;
    const numbers = Array.from({ length: 20_000 }, () => (seed = (seed * 48_271) % 2_147_483_647));
    const ranking = new BoundedRanking<number>(100, (a, b) => a - b);
    for (const n of numbers) ranking.add(n);
    expect(ranking.items()).toEqual([...numbers].sort((a, b) => a - b).slice(0, 100));
  });

  it('holds on to no more than its capacity and a fixed margin', () => {
    const ranking = new BoundedRanking<number>(100, (a, b) => a - b);
    for (let n = 100_000; n > 0; n -= 1) {
      ranking.add(n);
      expect((ranking as unknown as { kept: number[] }).kept.length).toBeLessThan(1_100);
    }
  });
});
