import { toError } from '#libs/kernel';
import type { IcpProblem } from './icp-problem';

/** The usual cause, where the text was typed in a shell. */
export const SHELL_ADVICE =
  'If a shell ate the quotes, put the payload in single quotes (--icp-payload \'{"industries":["software"]}\') or in a file (--icp-payload @icp.json)';

/** The value of an ICP's JSON text, or what is wrong with the text: the place of the first error, and the advice. */
export function readIcpJson(text: string, advice: string): { value: unknown } | { problem: IcpProblem } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const message =
      text.trim() === '' ? 'is empty, not JSON' : `is not valid JSON: ${whatAndWhere(text, toError(error))}`;
    return { problem: { path: '', message: `${message}. ${advice}` } };
  }
}

/** Node's message (`Unexpected token 'o', "nope" is not valid JSON`) without its echo of the input; the place as people count. */
function whatAndWhere(text: string, { message }: Error): string {
  const what = message.replace(/,? (?:\.{3})?".*$/s, '').replace(/ (?:in JSON )?at position \d.*$/s, '');
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined) return what;
  const at = Number(position);
  const near = text.slice(Math.max(0, at - 15), at + 15);
  return `${what} at character ${at + 1}, near ${JSON.stringify(near)}`;
}
