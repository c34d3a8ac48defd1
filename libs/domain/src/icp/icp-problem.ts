import { appError } from '#libs/contracts';
import type { AppError } from '#libs/kernel';

/** One thing wrong with an ICP: where (`industries[0]`, empty for the whole), what, and what to do about it. */
export interface IcpProblem {
  path: string;
  message: string;
}

/** At most this many are told; the rest are counted. */
const TOLD_MAX = 10;

/** `invalid_icp` with everything that is wrong; the context names the first place only. */
export function invalidIcp(problems: readonly IcpProblem[]): AppError {
  const context = { path: problems[0]?.path ?? '', problems: problems.length };
  return appError('invalid_icp', describeProblems(problems), { context });
}

/** A sentence each: `The ICP has 2 problems. employees.min: …. industries[0]: ….` */
function describeProblems(problems: readonly IcpProblem[]): string {
  const told = problems.slice(0, TOLD_MAX).map(({ path, message }) => sentence(path, message));
  const more = problems.length > TOLD_MAX ? [`And ${problems.length - TOLD_MAX} more.`] : [];
  const head = problems.length === 1 ? 'The ICP has a problem.' : `The ICP has ${problems.length} problems.`;
  return [head, ...told, ...more].join(' ');
}

function sentence(path: string, message: string): string {
  return `${path === '' ? 'It' : `${path}:`} ${message}${message.endsWith('?') ? '' : '.'}`;
}

/** `['industries', 0]` → `industries[0]`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`))
    .join('');
}
