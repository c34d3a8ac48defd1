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
  /** Whom it sold something, and when (ms), ascending. */
  served: readonly Served[];
}

interface Served {
  at: number;
  /** Null where the vendor's books do not tell. */
  tenant: string | null;
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
/** Of a tenant's due, what it may lack: companies of others that were in hand when a window filled go on first. */
const SHARE_MIN = 0.9;
const OTHERS_IN_HAND = 5;

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
    ...shares(plan, runs, books.served),
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

/**
 * What each tenant got while all of them waited: after the first window, which goes to whoever comes first, and before one
 * of them has got all it needs. All have the same weight, so each is due the same. None where nobody had to share, or the
 * vendor's books do not tell whom it served.
 */
function shares(
  { windowMs }: RehearsalPlan,
  runs: readonly RehearsedRun[],
  served: readonly Served[],
): Finding[] {
  const from = (served[0]?.at ?? 0) + windowMs;
  const until = Math.min(
    ...runs.map(({ tenant }) => served.findLast((one) => one.tenant === tenant)?.at ?? 0),
  );
  const shared = served.filter(({ at }) => at >= from && at <= until);
  if (runs.length < 2 || shared.length === 0 || served.some(({ tenant }) => tenant === null)) return [];
  const due = shared.length / runs.length;
  const got = runs.map(({ tenant }) => shared.filter((one) => one.tenant === tenant).length);
  return [
    {
      what: 'shared',
      found: runs.map(({ tenant }, i) => `${tenant} ${got[i] ?? 0}`).join(', '),
      passed: got.every((count) => count >= due * SHARE_MIN - OTHERS_IN_HAND),
    },
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
