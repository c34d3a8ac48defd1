import { WaitingLine, type PlaceInLine } from './waiting-line';

const PATIENT = { mostMs: 10_000, signal: new AbortController().signal };

describe('a line of companies that wait for the same', () => {
  let line: WaitingLine;
  let first: string[];

  beforeEach(() => {
    line = new WaitingLine();
    first = [];
  });

  const enter = async (name: string, options = PATIENT): Promise<PlaceInLine> => {
    const place = await line.enter('calls', options);
    first.push(name);
    return place;
  };

  it('lets them through one after the other, as they came', async () => {
    const one = await enter('one');
    const others = [enter('two'), enter('three')];
    expect(first).toEqual(['one']);
    expect(one.inLine()).toBe(3);
    one.leave();
    one.leave();
    const two = await others[0];
    expect(first).toEqual(['one', 'two']);
    two?.leave();
    await others[1];
    expect(first).toEqual(['one', 'two', 'three']);
  });

  it('holds nobody up who waits for something else', async () => {
    const one = await enter('one');
    const other = await line.enter('other calls', PATIENT);
    expect([one.inLine(), other.inLine()]).toEqual([1, 1]);
  });

  it('lets one through whose patience ends, who holds nobody up by leaving', async () => {
    const one = await enter('one');
    const two = await enter('two', { ...PATIENT, mostMs: 1 });
    const three = enter('three');
    two.leave();
    expect(first).toEqual(['one', 'two']);
    one.leave();
    await three;
  });

  it('lets one go whose job ends, and those behind move up', async () => {
    const one = await enter('one');
    const end = new AbortController();
    const two = enter('two', { ...PATIENT, signal: end.signal });
    const three = enter('three');
    end.abort(new Error('its job was given to another'));
    await expect(two).rejects.toThrow('aborted');
    one.leave();
    await three;
    expect(first).toEqual(['one', 'three']);
  });

  it('is forgotten when it is empty: the next is the first', async () => {
    (await enter('one')).leave();
    const two = await enter('two');
    expect(two.inLine()).toBe(1);
  });
});
