import { splitClauses } from './split-clauses';
import {
  AFFIRMATIONS,
  FIND_VERBS,
  FOUND_THINGS,
  HEDGES,
  NEGATORS,
  ONLY,
  PREFIXES,
  RUN_VERBS,
  stageOf,
  WHOLE,
  WHOLE_LOOSELY,
  type NamedStage,
} from './words';

/** What a text asks for, before it is held against the mode. */
export interface Instruction {
  /** The whole pipeline is asked for. */
  whole: boolean;
  dryRun: boolean;
  wanted: ReadonlySet<NamedStage>;
  unwanted: ReadonlySet<NamedStage>;
  /** Nothing is to run. */
  refused: boolean;
  /** A doubt, a condition, a question, or a "not" we cannot place: nothing may be concluded. */
  unclear: boolean;
  /** Only "ok", "k", "yes": an answer to a question nobody asked. */
  affirmation: boolean;
}

interface Reading {
  whole: boolean;
  dryRun: boolean;
  wanted: Set<NamedStage>;
  unwanted: Set<NamedStage>;
  refused: boolean;
  unclear: boolean;
}

/**
 * Reads an instruction word by word. A clause counts only if it starts with an imperative we know (after politeness);
 * a "not" reaches to the end of its clause and over "and"/"or". Clauses we do not know are passed over, unless they
 * hold a negation or a doubt: `I don't think so` must never start anything.
 */
export function readInstruction(text: string): Instruction {
  const reading: Reading = {
    whole: false,
    dryRun: false,
    wanted: new Set(),
    unwanted: new Set(),
    refused: false,
    unclear: false,
  };
  const clauses = splitClauses(text);
  for (const clause of clauses) {
    let negated = false;
    for (const words of clause) {
      const at = negated ? 0 : words.findIndex((word) => NEGATORS.has(word));
      readWanted(at === -1 ? words : words.slice(0, at), reading);
      if (at === -1) continue;
      readUnwanted(words.slice(at), reading);
      negated = true;
    }
  }
  const all = clauses.flat(2);
  return { ...reading, affirmation: all.length > 0 && all.every((word) => AFFIRMATIONS.has(word)) };
}

function readWanted(words: readonly string[], reading: Reading): void {
  if (words.some((word) => HEDGES.has(word))) reading.unclear = true;
  const start = words.findIndex((word) => !PREFIXES.has(word));
  if (start === -1) return;
  const [head = '', ...rest] = words.slice(start);
  const stages = [head, ...rest].map(stageOf).filter((stage) => stage !== undefined);

  if (isDryRun([head, ...rest])) {
    reading.dryRun = true;
  } else if (stageOf(head) !== undefined) {
    for (const stage of stages) reading.wanted.add(stage);
  } else if (FIND_VERBS.has(head) && rest.some((word) => FOUND_THINGS.has(word))) {
    reading.whole = true;
  } else if (RUN_VERBS.has(head)) {
    readRun(head, rest, stages, reading);
  } else if (
    words.slice(start).every((word) => WHOLE.has(word) || WHOLE_LOOSELY.has(word) || word === 'run')
  ) {
    // A noun alone, e.g. `full pipeline`, `full run`; a noun in a sentence is no instruction.
    reading.whole = words.some((word) => WHOLE.has(word) || word === 'full') || reading.whole;
  }
}

function readRun(
  verb: string,
  rest: readonly string[],
  stages: readonly NamedStage[],
  reading: Reading,
): void {
  const only = rest.some((word) => ONLY.has(word));
  const named = stages.length > 0 && (only || !rest.some((word) => WHOLE.has(word)));
  if (named) {
    for (const stage of stages) reading.wanted.add(stage);
    return;
  }
  const loosely = rest.every((word) => WHOLE_LOOSELY.has(word) || PREFIXES.has(word));
  // `do it` agrees to something; `run it` tells what to do.
  if (rest.some((word) => WHOLE.has(word)) || (loosely && verb !== 'do')) reading.whole = true;
}

function readUnwanted(words: readonly string[], reading: Reading): void {
  const stages = words.map(stageOf).filter((stage) => stage !== undefined);
  const negations = words.filter((word) => NEGATORS.has(word)).length;
  const doubtful = words.some((word) => HEDGES.has(word));
  // `Do not skip the export` says the opposite of what its words are about.
  if (doubtful || (negations > 1 && stages.length > 0)) {
    reading.unclear = true;
  } else if (stages.length > 0) {
    for (const stage of stages) reading.unwanted.add(stage);
  } else if (isRefusal(words)) {
    reading.refused = true;
  } else if (!isDryRun(words.filter((word) => !NEGATORS.has(word) && !PREFIXES.has(word)))) {
    reading.unclear = true;
  }
}

/** A bare `no` or `stop`, or a negated run: `do not run anything`. */
function isRefusal(words: readonly string[]): boolean {
  const others = words.filter((word) => !NEGATORS.has(word) && !PREFIXES.has(word));
  if (isDryRun(others)) return false;
  return (
    others.length === 0 ||
    others.some((word) => RUN_VERBS.has(word) || WHOLE.has(word) || word === 'anything' || word === 'it')
  );
}

/** `dry run` anywhere, since running for real what was meant as a rehearsal is the worse mistake; `preview` as the verb. */
function isDryRun(words: readonly string[]): boolean {
  return words[0] === 'preview' || / (?:dry run|dryrun) /.test(` ${words.join(' ')} `);
}
