/** Every code that `leadgen` ends with, and what a script may make of it. The table of docs/cli.md says the same. */
export const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'completed; other commands: done. Also when nothing matched, with a warning'],
  [1, 'failed'],
  [2, 'something that was typed, exported or handed over is wrong; the message names the fix'],
  [3, "still paused on a vendor's cap at the deadline"],
  [4, 'needs input: the result holds the question'],
  [5, 'still going at the deadline'],
  [6, 'partial: some companies ended in an error or in doubt'],
  [7, 'cancelled'],
  [69, 'Redis, its disk, or a worker is not there: the same command may do later'],
  [78, "a server process's own configuration is wrong"],
  [129, 'ended because its terminal was closed'],
  [130, 'ended by Ctrl-C'],
  [141, 'ended because whoever read its output has left (… | head)'],
  [143, 'ended by SIGTERM'],
];

/** A paragraph of help about the codes that a command may end with. */
export function exitCodesText(codes: readonly number[]): string {
  const known = new Map(EXIT_CODES);
  return codes.map((code) => `  ${String(code).padEnd(4)}${known.get(code) ?? ''}`).join('\n');
}
