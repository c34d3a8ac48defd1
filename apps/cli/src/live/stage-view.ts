import pc from 'picocolors';
import { PHASES, TERMINAL_RUN_STATES, type Phase, type RunRecord } from '#libs/contracts';
import { durationText } from '#libs/domain';
import { readableUsd } from '#libs/kernel';
import { printable } from '../output/printable';
import { bar } from './bar';
import { capLines } from './cap-lines';
import type { RunProgress } from './run-progress';
import { screenLine, type Piece } from './screen-line';

export interface ViewOptions {
  /** Of the terminal. */
  columns: number;
  nowMs: number;
  /** By the pace of now, until all companies have ended; undefined where nobody can say. */
  secondsLeft: number | undefined;
}

/** A run's stages, how far it is, what it has cost, and the caps it works against: the lines of the live view. */
export function stageView(progress: RunProgress, { columns, nowMs, secondsLeft }: ViewOptions): string[] {
  const { record } = progress;
  const lines: Piece[][] = [
    stagesLine(progress, nowMs),
    [[`  ${printable(record.status.message).split('\n')[0] ?? ''}`, pc.dim]],
    ...companiesLine(record, secondsLeft),
    ...costLine(progress),
    ...capLines(progress.caps),
  ];
  return lines.map((pieces) => screenLine(pieces, columns));
}

function stagesLine({ record, stageMs }: RunProgress, nowMs: number): Piece[] {
  const planned: readonly Phase[] = record.plan?.stages ?? PHASES;
  const at = PHASES.indexOf(record.status.phase);
  const pieces = planned.flatMap((stage): Piece[] => {
    const place = PHASES.indexOf(stage);
    const ms = stageMs[stage];
    if (place < at)
      return [[`✓ ${stage}`, pc.green], ms === undefined ? '  ' : [` ${spanText(ms)}  `, pc.dim]];
    if (place > at) return [[`· ${stage}  `, pc.dim]];
    return [currentStage(record, stage), '  '];
  });
  const since = nowMs - Date.parse(record.started_at ?? record.created_at);
  return [...pieces, [spanText(since), pc.dim]];
}

function currentStage({ state }: RunRecord, stage: Phase): Piece {
  if (state === 'paused') return [`‖ ${stage}`, pc.yellow];
  if (TERMINAL_RUN_STATES.includes(state)) return [`✓ ${stage}`, pc.green];
  return [`● ${stage}`, (text) => pc.bold(pc.cyan(text))];
}

function companiesLine({ counters, state }: RunRecord, secondsLeft: number | undefined): Piece[][] {
  const { candidates, done, failed } = counters;
  if (candidates === 0) return [];
  const ended = done + failed;
  const trouble: Piece[] = failed > 0 ? [[`, ${failed} failed`, pc.yellow]] : [];
  const left: Piece[] =
    secondsLeft !== undefined && state === 'running' && ended < candidates
      ? [[`, about ${durationText(secondsLeft)} at this pace`, pc.dim]]
      : [];
  return [
    [
      label('Companies'),
      [bar(ended, candidates), pc.cyan],
      ` ${ended} of ${candidates}`,
      ...trouble,
      ...left,
    ],
  ];
}

function costLine({ record, usage }: RunProgress): Piece[][] {
  if (usage.length === 0) return [];
  const cost = usage.reduce((sum, { cost_micro: micro }) => sum + micro, 0);
  const saved = usage.reduce((sum, { saved_micro: micro }) => sum + micro, 0);
  const budget = record.plan?.budgets.run_micro ?? null;
  const spared: Piece[] = [
    [usage.some(({ simulated }) => simulated) ? ' simulated' : '', pc.dim],
    [saved > 0 ? `, $${readableUsd(saved)} saved by the ledger` : '', pc.dim],
  ];
  if (budget === null) return [[label('Cost'), `$${readableUsd(cost)}`, ...spared]];
  const colour = cost >= budget ? pc.yellow : pc.cyan;
  return [
    [
      label('Cost'),
      [bar(cost, budget), colour],
      ` $${readableUsd(cost)} of $${readableUsd(budget)}`,
      ...spared,
    ],
  ];
}

/** What the bars begin behind. */
function label(text: string): Piece {
  return [`  ${text.padEnd(14)}`, pc.bold];
}

/** `0.4 s`, `12 s`, `3:05`. */
function spanText(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
