import type { Icp } from '#libs/contracts';
import { checkIcpShape } from './check-icp-shape';
import { compileIcp } from './compile-icp';
import { invalidIcp } from './icp-problem';
import { readIcpJson, SHELL_ADVICE } from './read-icp-json';

/**
 * An ICP as a caller hands it over: JSON text, or the value itself. Words stay as they were written, and all of them
 * are known to resolve, so `compileIcp` of the result cannot fail.
 * `advice` is added where a text is no JSON: what its owner can do about it.
 * Throws `invalid_icp` naming, for each problem, the place, what is wrong and what to write instead.
 */
export function parseIcp(input: unknown, advice = SHELL_ADVICE): Icp {
  const read = typeof input === 'string' ? readIcpJson(input, advice) : { value: input };
  if ('problem' in read) throw invalidIcp([read.problem]);
  const checked = checkIcpShape(read.value);
  if ('problems' in checked) throw invalidIcp(checked.problems);
  compileIcp(checked.icp);
  return checked.icp;
}
