import type { Company, EmployeeRange } from '#libs/contracts';
import type { WantedRange } from '../icp/compiled-icp';
import type { CriterionVerdict } from './criterion-verdict';

/** A company of `10,001+` is taken to have at most this many times its known minimum when shares are compared. */
const OPEN_END_FACTOR = 10;
/** Two ranges that merely touch earn half the points, one within the other all of them. */
const TOUCHING_FIT = 0.5;

/** Sizes come as ranges (`51–200`), so the question is how much of the company's range lies in the wanted one. */
export function employeesVerdict({ employees }: Company, wanted: WantedRange): CriterionVerdict {
  const criterion = 'employees';
  if (employees === null) {
    return { criterion, verdict: 'unknown', fit: 0, text: 'Number of employees is not known' };
  }
  const own = `${formatRange(employees.min, employees.max)} employees`;
  const share = shareWithin(employees, wanted);
  if (share === null) {
    return { criterion, verdict: 'miss', fit: 0, text: `${own}: outside your ${formatWanted(wanted)}` };
  }
  const relation = share === 1 ? 'within' : 'overlaps';
  const fit = TOUCHING_FIT + (1 - TOUCHING_FIT) * share;
  return { criterion, verdict: 'match', fit, text: `${own}: ${relation} your ${formatWanted(wanted)}` };
}

export function foundedVerdict({ founded }: Company, wanted: WantedRange): CriterionVerdict {
  const criterion = 'founded';
  if (founded === null) {
    return { criterion, verdict: 'unknown', fit: 0, text: 'Year of foundation is not known' };
  }
  const within = founded >= (wanted.min ?? -Infinity) && founded <= (wanted.max ?? Infinity);
  const years = formatWanted(wanted, String);
  return within
    ? { criterion, verdict: 'match', fit: 1, text: `Founded ${founded}: within your ${years}` }
    : { criterion, verdict: 'miss', fit: 0, text: `Founded ${founded}: outside your ${years}` };
}

/** The share of the company's range that is wanted, above 0 and at most 1; null if none of it is. */
function shareWithin(own: EmployeeRange, wanted: WantedRange): number | null {
  const wantedMin = wanted.min ?? 0;
  const wantedMax = wanted.max ?? Infinity;
  if ((own.max ?? Infinity) < wantedMin || own.min > wantedMax) return null;
  const ownMax = own.max ?? Math.max(own.min * OPEN_END_FACTOR, own.min + 1, wantedMin);
  const low = Math.max(own.min, wantedMin);
  const high = Math.min(ownMax, wantedMax);
  return (high - low + 1) / (ownMax - own.min + 1);
}

function formatRange(min: number, max: number | null): string {
  if (max === null) return `${grouped(min)}+`;
  return min === max ? grouped(min) : `${grouped(min)}–${grouped(max)}`;
}

function formatWanted({ min, max }: WantedRange, format: (n: number) => string = grouped): string {
  if (min === null) return `maximum of ${format(max ?? 0)}`;
  return max === null ? `minimum of ${format(min)}` : `${format(min)}–${format(max)}`;
}

/** `10001` → `10,001`. By hand: `toLocaleString` costs a hundred times as much, and a million rows pass here. */
function grouped(n: number): string {
  const digits = String(n);
  return n < 1_000 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
