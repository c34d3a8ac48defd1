import type { Phase } from '#libs/contracts';

/** The words an instruction is read by. English only; text in another language is not understood, and so asked about. */

/** Stages that can be named; planning and the summary are part of every run. */
export type NamedStage = Extract<Phase, 'normalize' | 'shortlist' | 'enrich' | 'score' | 'export'>;

const STAGE_WORDS: Readonly<Record<NamedStage, string>> = {
  normalize:
    'normalize normalise normalization normalisation normalizing clean cleaning dedupe deduplicate import',
  shortlist: 'shortlist shortlisting match matching qualify',
  enrich: 'enrich enrichment enriching',
  score: 'score scoring rank ranking',
  export: 'export exporting exports',
};
const STAGE_OF = new Map(
  Object.entries(STAGE_WORDS).flatMap(([stage, list]) =>
    list.split(' ').map((word) => [word, stage as NamedStage]),
  ),
);

export function stageOf(word: string): NamedStage | undefined {
  return STAGE_OF.get(word);
}

/** Ask for work; what work, the words behind them say. */
export const RUN_VERBS = set('run rerun start execute launch begin trigger perform process do');
/** With one of these a run verb means the whole pipeline, whatever stages are named beside it. */
export const WHOLE = set('pipeline flow workflow orchestration everything');
/** Behind a run verb and with no other word beside them, these mean the whole pipeline: `run it all`, not `run it by me`. */
export const WHOLE_LOOSELY = set(
  'full whole complete entire all again now it this stages steps companies leads',
);
/** `find leads` asks for the whole pipeline. */
export const FIND_VERBS = set('find generate source');
export const FOUND_THINGS = set('leads prospects customers');
export const ONLY = set('only just');

/** Turn what follows into its opposite. */
export const NEGATORS = set(
  'not never no without except excluding skip skipping omit avoid minus stop cancel abort halt pause quit nothing none ' +
    'neither nor nope nah refuse forget',
);
/** Make a statement something else than an instruction: a doubt, a question, a condition, a report, another time. */
export const HEDGES = set(
  'maybe perhaps later tomorrow yesterday tonight unless if until might should whether why what how when where who ' +
    'think unsure wondering wait hold failed fails failing error errors broken crashed ago already previously instead before after through till half part partly partially',
);
/** Politeness and fillers before the instruction itself. */
export const PREFIXES = set(
  'please kindly now also and then so first next finally ok okay yes yeah yep sure alright hi hello hey thanks thank ' +
    'can could would will you i we want need like to lets let us d s ll re the a an my our go ahead just only team',
);
/** Answers to a question nobody asked. */
export const AFFIRMATIONS = set(
  'k kk ok okay y yes yeah yep yup sure fine good great alright go ahead do it continue proceed',
);

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
