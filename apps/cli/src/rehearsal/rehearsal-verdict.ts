import type { RehearsalPlan } from './rehearsal-plan';

/** What was seen of one tenant's run. */
export interface RehearsedRun {
  tenant: string;
  state: string;
  companies: number;
  pauses: number;
  resumes: number;
  /** The first pause's message. */
  pauseMessage: string | null;
}

/** What the simulated vendor counted. */
export interface VendorBooks {
  /** Requests that had their effect. */
  calls: number;
  units: number;
  /** Requests refused because a window was full. */
  over: number;
  /** Purchases made more than once with the same key. */
  duplicates: number;
  /** When the requests came that were let in, ms, ascending. */
  times: readonly number[];
}

/** One line of the verdict. `passed` null: told, not judged. */
export interface Finding {
  what: string;
  found: string;
  passed: boolean | null;
}

export interface Verdict {
  passed: boolean;
  findings: readonly Finding[];
  /** Share of the full windows' calls that were made; null while no window was ever full. */
  utilisation: number | null;
}

const MINUTE_MS = 60_000;
/** Shorter waits are over before anybody would be told of a pause. */
const PAUSED_FROM_MS = 10_000;

/** Judges a rehearsal by the vendor's own books and by what the runs told. Pure. */
export function rehearsalVerdict(
  plan: RehearsalPlan,
  runs: readonly RehearsedRun[],
  books: VendorBooks,
): Verdict {
  const share = utilisation(plan, books.times);
  const floor = plan.windowMs >= MINUTE_MS ? 0.95 : 0.9;
  const mustPause = books.calls > plan.cap && plan.windowMs >= PAUSED_FROM_MS;
  const pauses = sum(runs.map((run) => run.pauses));
  const resumes = sum(runs.map((run) => run.resumes));
  const unfinished = runs.filter(({ state }) => state !== 'completed');
  const findings: Finding[] = [
    { what: 'calls', found: `${books.calls} (${books.units} charged)`, passed: books.calls > 0 },
    { what: 'over the cap', found: String(books.over), passed: books.over === 0 },
    { what: 'paid twice', found: String(books.duplicates), passed: books.duplicates === 0 },
    {
      what: 'cap used',
      found: share === null ? 'never full' : `${(share * 100).toFixed(1)} % of the full windows`,
      passed: share === null ? null : share >= floor,
    },
    {
      what: 'paused and resumed',
      found: mustPause || pauses > 0 ? `${pauses} times, ${resumes} times` : 'not needed',
      passed: mustPause ? pauses > 0 && resumes > 0 : null,
    },
    {
      what: 'runs completed',
      found: `${runs.length - unfinished.length} of ${runs.length}`,
      passed: unfinished.length === 0,
    },
  ];
  return { passed: findings.every(({ passed }) => passed !== false), findings, utilisation: share };
}

/** Of the calls that the windows between the first and the last call could hold, those made. The last, open one is left out. */
function utilisation({ cap, windowMs }: RehearsalPlan, times: readonly number[]): number | null {
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined) return null;
  const windows = Math.floor((last - first) / windowMs);
  if (windows === 0) return null;
  const within = times.filter((at) => at < first + windows * windowMs).length;
  return within / (windows * cap);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
