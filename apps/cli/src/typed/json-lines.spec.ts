import { z } from 'zod';
import { parseJsonLines } from './json-lines';

const schema = z.strictObject({ id: z.string(), count: z.int().min(0) });
const parse = (text: string): unknown => parseJsonLines('--file f.jsonl', text, schema);

describe('a file of JSON lines', () => {
  it('is read line by line; blank lines, a byte-order mark and line ends of Windows do no harm', () => {
    expect(parse('\uFEFF{"id":"a","count":1}\r\n\r\n{"id":"b","count":0}\n')).toEqual([
      { id: 'a', count: 1 },
      { id: 'b', count: 0 },
    ]);
  });

  it('names the file and the number of every wrong line, with the member and what it should be', () => {
    expect(() =>
      parse('{"id":"a","count":1}\n\n{"id":"b","count":-1}\n{"id":"c"\n{"id":7,"count":1,"x":1}'),
    ).toThrow(
      /^--file f\.jsonl: line 3: count: .*>=0; line 4: not JSON \(.*\); line 5: id: .*string.*, the line: .*"x"$/,
    );
  });

  it('of which most lines are wrong is not told in full', () => {
    expect(() => parse('no\n'.repeat(9))).toThrow(/line 5: not JSON \(.*\); and 4 more$/);
  });

  it('without a line is refused', () => {
    expect(() => parse('\n \n')).toThrow('--file f.jsonl: there is no line in it');
  });
});
