import { counted } from '#libs/kernel';
import type { ThreadComparison } from './compare-threads';

interface ParityDay {
  day: string;
  threads: number;
  passed: boolean;
}

/** Members of the result line of `leadgen parity`. */
export interface ParityVerdict {
  passed: boolean;
  message: string;
  days: ParityDay[];
  threads: ThreadComparison[];
}

/** Parity is proven by the last `days` days on which there were threads: each with all of its threads alike, none left out. */
export function parityVerdict(threads: readonly ThreadComparison[], days: number): ParityVerdict {
  const byDay = new Map<string, ThreadComparison[]>();
  for (const thread of threads) byDay.set(thread.day, [...(byDay.get(thread.day) ?? []), thread]);
  const judged = [...byDay.entries()]
    .map(([day, its]) => ({ day, threads: its.length, passed: its.every(({ passed }) => passed) }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const last = judged.slice(-days);
  const passed = last.length === days && last.every((day) => day.passed);
  return { passed, message: message(threads, last, days), days: judged, threads: [...threads] };
}

function message(threads: readonly ThreadComparison[], last: readonly ParityDay[], days: number): string {
  const alike = `${threads.filter(({ passed }) => passed).length} of ${counted(threads.length, 'thread')} alike`;
  if (last.length < days)
    return `No verdict over ${counted(days, 'day')} yet: there are threads of ${last.length}; ${alike}`;
  const broken = last.filter(({ passed }) => !passed).map(({ day }) => day);
  if (broken.length === 0) return `Parity over the last ${counted(days, 'day')}: ${alike}`;
  return `No parity over the last ${counted(days, 'day')}: ${broken.join(', ')}; ${alike}`;
}
