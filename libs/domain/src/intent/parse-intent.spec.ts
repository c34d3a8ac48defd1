import fc from 'fast-check';
import { PHASES, RUN_MODES, type RunMode } from '#libs/contracts';
import { MODE_STAGES, parseIntent } from './parse-intent';

const FULL = PHASES.join(' ');
const ENRICH = MODE_STAGES.enrich.join(' ');
const DRY = MODE_STAGES['dry-run'].join(' ');
const ASK = 'ask';

function decided(text: string, mode: RunMode = 'full'): string {
  const intent = parseIntent(text, mode);
  return intent.needsInput === undefined ? intent.stages.join(' ') : ASK;
}

describe('what a run is told to do', () => {
  it.each([
    ['run full pipeline'],
    ['Run the full pipeline.'],
    ['RUN FULL PIPELINE!!!'],
    ['please run the complete pipeline for acme'],
    ['run full pipeline for German software companies'],
    ['Hi team! Could you run the full pipeline? Thanks'],
    ['ok, run full pipeline'],
    ["let's run the whole pipeline now"],
    ['go ahead and run the pipeline'],
    ['I want you to run everything'],
    ['start the pipeline'],
    ['execute the full workflow'],
    ['full pipeline'],
    ['full run'],
    ['run'],
    ['run it'],
    ['run now please'],
    ['run all stages'],
    ['run full pipeline and export to csv'],
    ['run the full pipeline with enrichment and export'],
    ['find leads'],
    ['generate new leads in Germany'],
    ['normalize, shortlist, enrich, score and export'],
    ['enrich and export'],
    ['enrich the companies and export the leads'],
    ['run full pipeline, not a dry run'],
    ['rerun the pipeline'],
    ['re-run the pipeline'],
  ])('%j runs everything', (text) => {
    expect(decided(text)).toBe(FULL);
  });

  it.each([
    ['enrich only', ENRICH],
    ['only enrich', ENRICH],
    ['just enrich the companies', ENRICH],
    ['enrich everything', ENRICH],
    ['run enrichment only', ENRICH],
    ['run the enrichment', ENRICH],
    ['run full pipeline but do not export', ENRICH],
    ["run the full pipeline, don't export", ENRICH],
    ['run full pipeline without exporting', ENRICH],
    ['run everything except export', ENRICH],
    ['run full pipeline, skip the export', ENRICH],
    ['no export please, run everything else', ENRICH],
    ['run the pipeline and do not run the export', ENRICH],
    ['export the leads', 'plan export summary'],
    ['export', 'plan export summary'],
    ['run the export', 'plan export summary'],
    ['score and export', 'plan score export summary'],
    ['score the leads, then export them', 'plan score export summary'],
    ['normalize', 'plan normalize summary'],
    ['clean and dedupe the list', 'plan normalize summary'],
    ['shortlist the companies', 'plan normalize shortlist summary'],
    ['dry run', DRY],
    ['dry-run', DRY],
    ['do a dry run first', DRY],
    ['run full pipeline as a dry run', DRY],
    ['preview the pipeline', DRY],
  ])('%j runs exactly what it names', (text, stages) => {
    expect(decided(text)).toBe(stages);
  });

  it.each([
    ['k'],
    ['ok'],
    ['OK!'],
    ['okay'],
    ['y'],
    ['yes'],
    ['sure'],
    ['go'],
    ['go ahead'],
    ['do it'],
    ['yes, do it'],
    ["I don't think so"],
    ['I don’t think so'],
    ['i dont think so'],
    ["don't run"],
    ['do not run'],
    ["don't run anything"],
    ['do not run the full pipeline'],
    ['please never run the full pipeline'],
    ["don't you dare run the full pipeline"],
    ['no'],
    ['nope'],
    ['no, run full pipeline'],
    ['run full pipeline? no'],
    ['run full pipeline, I do not think so'],
    ['stop'],
    ['stop the pipeline'],
    ['cancel'],
    ['cancel the run'],
    ['abort everything'],
    ['wait'],
    ['hold on'],
    ['not now'],
    ['nothing'],
    ['do not export'],
    ['skip enrichment'],
    ["don't enrich and export"],
    ['do not skip the export'],
    ['run full pipeline without enrichment'],
    ['shortlist and export'],
    ['should I run the full pipeline?'],
    ['why did you run the full pipeline'],
    ['what happens if I run the full pipeline'],
    ['maybe run the full pipeline'],
    ['run the full pipeline tomorrow'],
    ['run the full pipeline if there is budget left'],
    ['the full pipeline failed last night'],
    ['export failed'],
    ['I was told the export is done'],
    ['our pipeline is great'],
    ['hello'],
    ['asdf'],
    ['brunch'],
    ['kangaroo'],
    ['outrun the pipeline'],
    ['run it by me first'],
    ['run this weekend'],
    ['run for the hills'],
    ['run the pipeline up to enrichment'],
    ['run full pipeline, stop after enrichment'],
    ['run half the pipeline'],
    ['do a test run'],
    ['enrichissez les entreprises'],
    ['führe die Pipeline aus'],
    ['实行'],
    [''],
    ['   '],
    ['…'],
    ['😀'],
    ['"; DROP TABLE runs; --'],
  ])('%j starts nothing and is asked about', (text) => {
    expect(decided(text)).toBe(ASK);
  });

  it.each<[string, string, RegExp]>([
    ['a refusal', "don't run", /says not to run, so nothing was started/],
    ['an approval of nothing', 'k', /answers a question that was not asked/],
    ['a doubt', "I don't think so", /not clear whether/],
    ['something unknown', 'asdf', /"asdf" was not understood/],
    ['a pipeline without its middle', 'run everything without enrichment', /nothing to score or export/],
  ])('the question after %s says why, and what can be said instead', (_what, text, why) => {
    const { needsInput } = parseIntent(text, 'full');
    expect(needsInput).toMatch(why);
    expect(needsInput).toContain('Say "run full pipeline", "enrich only", "score and export" or "dry run"');
  });
});

describe('an explicit mode', () => {
  it.each<[RunMode, string, string]>([
    ['enrich', 'run full pipeline', ENRICH],
    ['enrich', 'asdf', ENRICH],
    ['enrich', 'ok', ENRICH],
    ['enrich', 'do not export', ENRICH],
    ['enrich', 'enrich only', ENRICH],
    ['export-only', 'run full pipeline', 'plan score export summary'],
    ['export-only', 'score and export', 'plan score export summary'],
    ['dry-run', 'run full pipeline', DRY],
    ['dry-run', 'score and export', DRY],
    ['dry-run', 'do not export', DRY],
  ])('%s decides beside %j', (mode, text, stages) => {
    expect(decided(text, mode)).toBe(stages);
  });

  it.each<[RunMode, string]>([
    ['full', "don't run anything"],
    ['enrich', "don't run anything"],
    ['dry-run', 'stop'],
    ['enrich', 'I do not think so'],
    ['enrich', 'export the leads'],
    ['enrich', 'skip enrichment'],
    ['enrich', 'dry run'],
    ['export-only', 'enrich only'],
    ['export-only', 'do not export'],
    ['export-only', 'dry run'],
  ])('%s against %j is asked about', (mode, text) => {
    expect(decided(text, mode)).toBe(ASK);
  });
});

describe('whatever the text', () => {
  const vocabulary = fc.constantFrom(
    ...'run full pipeline enrich export score do not don’t no never k ok think so stop only skip and but , . ? dry'.split(
      ' ',
    ),
  );
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(vocabulary, { maxLength: 10 }).map((w) => w.join(' ')),
  );

  it('the answer is an ordered list of stages with plan and summary, or a question', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...RUN_MODES), (text, mode) => {
        const intent = parseIntent(text, mode);
        if (intent.needsInput !== undefined) {
          expect(intent.needsInput.length).toBeGreaterThan(20);
          return;
        }
        const { stages } = intent;
        expect([...stages]).toEqual(PHASES.filter((phase) => stages.includes(phase)));
        expect(stages[0]).toBe('plan');
        expect(stages.at(-1)).toBe('summary');
      }),
      { numRuns: 2000 },
    );
  });

  it('a refusal put before or behind it is never overheard', () => {
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom("don't run.", 'stop.', "I don't think so.", 'no.'),
        (text, refusal) => {
          expect(decided(`${refusal} ${text}`)).toBe(ASK);
          expect(decided(`${text}. ${refusal}`)).toBe(ASK);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is read in linear time', () => {
    const startMs = performance.now();
    for (const part of ["don't ", 'run ', 'and ', 'n', "n'", ' \t', 'a-'])
      parseIntent(part.repeat(20_000), 'full');
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });
});
