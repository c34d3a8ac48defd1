import { PHASES } from '#libs/contracts';
import type { Transcript } from './transcript.schema';

/** How far ours may be from the pipeline before. */
export interface Tolerance {
  /** Counts, and domains and buckets of leads: per cent of what the other had. */
  percent: number;
  /** Ours may take so many times as long. */
  slower: number;
}

/** One thing compared. `passed` null: told, and not judged. */
export interface Check {
  what: 'statuses' | 'candidates' | 'leads' | 'exported' | 'domains' | 'buckets' | 'scores' | 'duration';
  legacy: string;
  ours: string;
  passed: boolean | null;
}

export interface ThreadComparison {
  thread_id: string;
  /** UTC day of the legacy thread's start. */
  day: string;
  /** False also where we have no run of the thread. */
  passed: boolean;
  checks: Check[];
}

/** Below this, how long a thread took says nothing: starting a run takes that long by itself. */
const QUICK_MS = 10_000;

/** Compares what a thread came to before and here. */
export function compareThread(
  legacy: Transcript,
  ours: Transcript | undefined,
  tolerance: Tolerance,
): ThreadComparison {
  const checks = ours === undefined ? [] : checksOf(legacy, ours, tolerance);
  return {
    thread_id: legacy.thread_id,
    day: new Date(legacy.started_at).toISOString().slice(0, 10),
    passed: ours !== undefined && checks.every(({ passed }) => passed !== false),
    checks,
  };
}

function checksOf(legacy: Transcript, ours: Transcript, tolerance: Tolerance): Check[] {
  const count = (what: Check['what'], before: number, now: number): Check => ({
    what,
    legacy: String(before),
    ours: String(now),
    passed: Math.abs(now - before) <= (before * tolerance.percent) / 100,
  });
  return [
    statuses(legacy, ours),
    count('candidates', legacy.candidates, ours.candidates),
    count('leads', legacy.leads.length, ours.leads.length),
    count('exported', legacy.exported, ours.exported),
    ...leadChecks(legacy, ours, tolerance),
    {
      what: 'duration',
      legacy: seconds(legacy.duration_ms),
      ours: seconds(ours.duration_ms),
      passed: ours.duration_ms <= Math.max(QUICK_MS, legacy.duration_ms * tolerance.slower),
    },
  ];
}

/** Phases that both know must come in ours in the same order; ours may have more. Messages are for people, and not compared. */
function statuses(legacy: Transcript, ours: Transcript): Check {
  const [before, now] = [phasesOf(legacy), phasesOf(ours)];
  const known = before.filter((phase) => (PHASES as readonly string[]).includes(phase));
  const kept = now.filter((phase) => known.includes(phase));
  return {
    what: 'statuses',
    legacy: before.join(' '),
    ours: now.join(' '),
    passed: known.length === 0 ? null : known.join(' ') === kept.join(' '),
  };
}

function phasesOf({ statuses: shown }: Transcript): string[] {
  return [...new Set(shown.map(({ phase }) => phase.toLowerCase()))];
}

function leadChecks(legacy: Transcript, ours: Transcript, { percent }: Tolerance): Check[] {
  const now = new Map(ours.leads.map((lead) => [lead.domain, lead]));
  const both = legacy.leads.flatMap((before) => {
    const lead = now.get(before.domain);
    return lead ? [{ before, lead }] : [];
  });
  const share = (what: 'domains' | 'buckets', found: number, of: number): Check => ({
    what,
    legacy: String(of),
    ours: `${found} the same`,
    passed: of === 0 || of - found <= (of * percent) / 100,
  });
  const same = both.filter(({ before, lead }) => before.bucket === lead.bucket).length;
  return [
    share('domains', both.length, legacy.leads.length),
    share('buckets', same, both.length),
    // The scale is another one, and before it was nearly constant: told, for whoever looks at the buckets.
    {
      what: 'scores',
      legacy: mean(both.map(({ before }) => before.score)),
      ours: mean(both.map(({ lead }) => lead.score)),
      passed: null,
    },
  ];
}

function mean(figures: readonly number[]): string {
  if (figures.length === 0) return '–';
  return `mean ${(figures.reduce((sum, figure) => sum + figure, 0) / figures.length).toFixed(1)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
