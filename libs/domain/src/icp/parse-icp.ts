import type { Icp } from '#libs/contracts';
import { checkIcpShape } from './check-icp-shape';
import { compileIcp } from './compile-icp';
import { invalidIcp } from './icp-problem';
import { readIcpJson } from './read-icp-json';

/**
 * An ICP as a caller hands it over: JSON text, or the value itself. Words stay as they were written, and all of them
 * are known to resolve, so `compileIcp` of the result cannot fail.
 * Throws `invalid_icp` naming, for each problem, the place, what is wrong and what to write instead.
 */
export function parseIcp(input: unknown): Icp {
  const read = typeof input === 'string' ? readIcpJson(input) : { value: input };
  if ('problem' in read) throw invalidIcp([read.problem]);
  const checked = checkIcpShape(read.value);
  if ('problems' in checked) throw invalidIcp(checked.problems);
  compileIcp(checked.icp);
  return checked.icp;
}
