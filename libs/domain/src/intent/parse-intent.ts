import { PHASES, type Phase, type RunMode } from '#libs/contracts';
import { readInstruction, type Instruction } from './read-instruction';
import type { NamedStage } from './words';

/** The stages to run, in order; or the question to ask before anything may run. */
export type Intent =
  { stages: readonly Phase[]; needsInput?: never } | { needsInput: string; stages?: never };

/** What each mode runs. `export-only` works on what earlier runs of the thread left; `dry-run` asks no vendor and writes no leads. */
export const MODE_STAGES: Readonly<Record<RunMode, readonly Phase[]>> = {
  full: PHASES,
  enrich: ['plan', 'normalize', 'shortlist', 'enrich', 'score', 'summary'],
  'export-only': ['plan', 'score', 'export', 'summary'],
  'dry-run': ['plan', 'normalize', 'shortlist', 'summary'],
};

const WHAT_TO_SAY =
  'Say "run full pipeline", "enrich only", "score and export" or "dry run", or give the run mode';

/**
 * What a run shall do, from the caller's words and mode. English only. The words decide where the mode is `full` (it is
 * the default); any other mode decides, and words that contradict it are asked about. Nothing is ever guessed: a text
 * that is not understood, a refusal, a doubt and a mere "ok" all end in a question, since no person watches a cron run.
 */
export function parseIntent(text: string, mode: RunMode): Intent {
  const said = JSON.stringify(text.trim().slice(0, 120));
  const instruction = readInstruction(text);
  const { refused, unclear, affirmation, whole, dryRun, wanted } = instruction;
  if (refused) return ask(`The input ${said} says not to run, so nothing was started. ${WHAT_TO_SAY}.`);
  if (unclear) return ask(`It is not clear whether ${said} is meant as a go-ahead. ${WHAT_TO_SAY}.`);
  if (mode !== 'full') return withMode(mode, instruction, said);
  if (affirmation) return ask(`${said} answers a question that was not asked. ${WHAT_TO_SAY}.`);
  if (!whole && !dryRun && wanted.size === 0)
    return ask(`The input ${said} was not understood. ${WHAT_TO_SAY}.`);
  return fromWords(instruction, said);
}

function withMode(mode: Exclude<RunMode, 'full'>, instruction: Instruction, said: string): Intent {
  const stages = MODE_STAGES[mode];
  const { wanted, unwanted, dryRun } = instruction;
  const contradicts =
    (dryRun && mode !== 'dry-run') ||
    [...unwanted].some((stage) => stages.includes(stage)) ||
    // A dry run of anything is a dry run: it is the one mode that can do no harm.
    (mode !== 'dry-run' && [...wanted].some((stage) => !stages.includes(stage)));
  if (!contradicts) return { stages };
  return ask(`The run mode "${mode}" and the input ${said} contradict each other. Change one of them.`);
}

function fromWords(instruction: Instruction, said: string): Intent {
  const { whole, dryRun, wanted, unwanted } = instruction;
  if (dryRun) return { stages: MODE_STAGES['dry-run'].filter((stage) => !isUnwanted(unwanted, stage)) };
  const asked: ReadonlySet<Phase> = whole ? new Set(PHASES) : withPrerequisites(wanted);
  const stages = PHASES.filter((stage) => asked.has(stage) && !isUnwanted(unwanted, stage));

  const prepares = stages.includes('normalize') || stages.includes('shortlist');
  const uses = stages.includes('score') || stages.includes('export');
  if (stages.length <= 2) return ask(`The input ${said} leaves nothing to do. ${WHAT_TO_SAY}.`);
  if (prepares && uses && !stages.includes('enrich')) {
    return ask(`Without enrichment there is nothing to score or export (input ${said}). ${WHAT_TO_SAY}.`);
  }
  if (stages.includes('enrich') && !(stages.includes('normalize') && stages.includes('shortlist'))) {
    return ask(`Only normalized and shortlisted companies can be enriched (input ${said}). ${WHAT_TO_SAY}.`);
  }
  return { stages };
}

/** Scoring is part of enriching, and enriching needs the companies; scoring or exporting alone uses what is there. */
function withPrerequisites(wanted: ReadonlySet<NamedStage>): ReadonlySet<Phase> {
  const stages = new Set<Phase>(['plan', ...wanted, 'summary']);
  if (stages.has('enrich')) stages.add('shortlist').add('score');
  if (stages.has('shortlist')) stages.add('normalize');
  return stages;
}

function isUnwanted(unwanted: ReadonlySet<NamedStage>, stage: Phase): boolean {
  return (unwanted as ReadonlySet<Phase>).has(stage);
}

function ask(question: string): Intent {
  return { needsInput: question };
}
