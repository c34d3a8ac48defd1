import { laneShareSchema } from './lane-share.schema';

describe('LEADGEN_ENRICH_LANES', () => {
  it('says whether a process serves all lanes, some of them, or all but some', () => {
    expect(laneShareSchema.parse('all')).toEqual({ kind: 'all', vendors: [] });
    expect(laneShareSchema.parse('only:hunter')).toEqual({ kind: 'only', vendors: ['hunter'] });
    expect(laneShareSchema.parse('except:hunter, apollo')).toEqual({
      kind: 'except',
      vendors: ['hunter', 'apollo'],
    });
  });

  it.each(['', 'hunter', 'only:', 'only:hunter,', 'except:Hunter', 'none'])('%j is refused', (text) => {
    expect(laneShareSchema.safeParse(text).error?.issues[0]?.message).toMatch(/^write all, only:/);
  });
});
