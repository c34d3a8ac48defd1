import type { Command } from 'commander';
import { appError } from '#libs/contracts';
import type { CommandContext } from '../command-context';
import { teach, type HelpPage } from '../help/teach';
import { EXIT } from '../exit-code';
import { compareThread, type Tolerance } from '../parity/compare-threads';
import { ourTranscripts, type OurSource } from '../parity/our-transcripts';
import { parityTable } from '../parity/parity-table';
import { parityVerdict } from '../parity/parity-verdict';
import { transcriptSchema } from '../parity/transcript.schema';
import { readJsonLines } from '../typed/json-lines';
import { wholeNumber } from '../typed/whole-number';

const HELP: HelpPage = {
  examples: [
    ['leadgen parity --legacy transcripts.jsonl --ours ours.jsonl --days 7'],
    [
      'REDIS_URL=redis://… leadgen parity --legacy transcripts.jsonl --tenant-id acme',
      'against our runs of the same thread ids',
    ],
    [
      'ORCHESTRATOR_OFFLINE=1 leadgen parity --legacy transcripts.jsonl --rerun --tenant-id parity',
      'runs what each line says was asked for, in a private, simulated cell',
    ],
  ],
  prints:
    'a table with a verdict per thread and per day; the result has "threads", "days" and whether it "passed".',
  notes: [
    'docs/parity.md has the file’s members; samples/ has an example. 1 also says: not that many days yet.',
  ],
  exitCodes: [0, 1, 2],
  seeAlso: ['docs/parity.md', 'docs/rollout.md'],
};

interface RawParity extends OurSource {
  legacy?: string;
  days: string;
  tolerance: string;
  slower: string;
  json?: boolean;
}

/** `leadgen parity`: what the pipeline before this one came to, thread by thread, against ours. */
export function parityCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('parity')
    .description('compare transcripts of the pipeline before this one with our runs, and judge the last days')
    .option('--legacy <file>', 'its transcripts, JSONL')
    .option('--ours <file>', 'ours, in the same form')
    .option('--rerun', 'run again what each line says was asked for')
    .option('--tenant-id <id>', 'whose runs of the same thread ids are looked up, or made')
    .option('--days <n>', 'so many days, the last ones, must be alike', '7')
    .option('--tolerance <percent>', 'how far counts, domains and buckets may differ', '10')
    .option('--slower <factor>', 'so many times as long may ours take', '2')
    .option('--json', 'NDJSON, also on a terminal')
    .action(async (raw: RawParity) => {
      if (raw.legacy === undefined) throw appError('usage', 'which transcripts? pass --legacy <file>');
      const days = wholeNumber('--days', raw.days, 366);
      const tolerance = toleranceOf(raw);
      const reporter = context.reporter(raw.json ?? false);
      const legacy = await readJsonLines('--legacy', raw.legacy, transcriptSchema);
      const ours = await ourTranscripts(legacy, raw, context, reporter);
      const threads = legacy.map((transcript) =>
        compareThread(transcript, ours.get(transcript.thread_id), tolerance),
      );
      const verdict = parityVerdict(threads, days);
      reporter.show(`\n${parityTable(verdict)}\n`);
      const exitCode = verdict.passed ? EXIT.completed : EXIT.failed;
      context.end(
        { event: 'result', exit_code: exitCode, state: verdict.passed ? 'passed' : 'failed', ...verdict },
        reporter,
      );
    });
  teach(command, HELP);
}

function toleranceOf({ tolerance, slower }: RawParity): Tolerance {
  const percent = Number(tolerance);
  if (!/^\d{1,3}(\.\d+)?$/.test(tolerance) || percent > 100) {
    throw appError('usage', `--tolerance ${JSON.stringify(tolerance)}: give per cent from 0 to 100`);
  }
  if (!/^\d{1,3}(\.\d+)?$/.test(slower) || Number(slower) === 0) {
    throw appError('usage', `--slower ${JSON.stringify(slower)}: give a factor, e.g. 1.5`);
  }
  return { percent, slower: Number(slower) };
}
