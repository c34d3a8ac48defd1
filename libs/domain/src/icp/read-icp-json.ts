import { toError } from '#libs/kernel';
import { IcpProblem } from './icp-problem';

const HINT =
  'If a shell ate the quotes, put the whole payload in single quotes (--icp-payload \'{"industries":["software"]}\') or in a file (--icp-payload @icp.json)';

/** Parses the JSON text of an ICP. Throws `IcpProblem` with the place of the first error and a hint on its usual cause. */
export function readIcpJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new IcpProblem('', `${describe(text, toError(error).message)}. ${HINT}`);
  }
}

function describe(text: string, reason: string): string {
  if (text.trim() === '') return 'is empty, not a JSON object';
  const at = /at position (\d+)/.exec(reason)?.[1];
  // Node says no position where the text simply ends.
  const position = at === undefined ? text.length : Number(at);
  const around = text.slice(Math.max(0, position - 15), position + 15);
  const place = position >= text.length ? 'at its end' : `at character ${position + 1}`;
  return `is not valid JSON: ${what(reason)} ${place}, near ${JSON.stringify(around)}`;
}

/** Node's message without its own idea of the place and without the whole input. */
function what(reason: string): string {
  return reason.replace(/,? ?"?\.{0,3}".*$/s, '').replace(/ in JSON at position.*$/s, '').trim() || 'unexpected text';
}
