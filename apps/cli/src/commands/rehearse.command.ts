import type { Command } from 'commander';
import pc from 'picocolors';
import type { CommandContext } from '../command-context';
import { teach, type HelpPage } from '../help/teach';
import { EXIT } from '../exit-code';
import { rehearsalPlan, type RawRehearsal } from '../rehearsal/rehearsal-plan';
import { rehearse } from '../rehearsal/rehearse';
import type { Finding, Verdict } from '../rehearsal/rehearsal-verdict';

const HELP: HelpPage = {
  examples: [
    [
      'leadgen rehearse --vendor ID --cap 20 --window 60s',
      'see a run pause on a cap of 20 calls a minute and go on by itself',
    ],
    [
      'leadgen rehearse --vendor ID --cap 10 --window 10s --companies 12 --tenants 2',
      'the same in half a minute, two tenants sharing the cap',
    ],
    ['leadgen rehearse', 'names the vendors there are'],
  ],
  prints: 'each run’s events, then the findings with a verdict; the result has "findings" and "passed".',
  notes: [
    'Nothing leaves the machine: the vendor is the simulator, which counts strictly and refuses what is over the cap. Every\n' +
      'company needs one call of it. It ends with 0 where the cap was kept, used and felt, with 1 where it was not.',
  ],
  exitCodes: [0, 1, 2, 69],
  seeAlso: ['leadgen vendors', 'docs/simulator.md', 'docs/playbook.md'],
};

/** `leadgen rehearse`: shows ops what a vendor's cap does to runs, and proves that it is kept. */
export function rehearseCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('rehearse')
    .description('rehearse a vendor cap against the simulator: pause, resume, and a verdict')
    .option('--vendor <id>', 'whose cap; without it the vendors are named')
    .option('--cap <n>', 'calls per window')
    .option('--window <duration>', 'length of the window, e.g. 60s, 10m, 500ms', '60s')
    .option('--companies <n>', 'companies of each tenant (default: enough to reach the cap twice)')
    .option('--tenants <n>', 'tenants that share the cap', '1')
    .option('--timeout <seconds>', 'give up after this long', '3600')
    .option('--json', 'NDJSON, also on a terminal')
    .action(async ({ json = false, ...raw }: RawRehearsal & { json?: boolean }) => {
      // Loaded for this command only: the others start without them.
      const { createVendorRegistry } = await import('#libs/vendors');
      const registry = createVendorRegistry({ access: {}, offline: false });
      const descriptors = registry.standings().map(({ descriptor }) => descriptor);
      await registry.close();
      const plan = rehearsalPlan(raw, descriptors);
      const reporter = context.reporter(json);
      const { settings, logger, signal } = context;
      const verdict = await rehearse(plan, { settings, logger, signal, reporter });
      reporter.show(`\n${verdictTable(verdict)}\n`);
      context.end(
        {
          event: 'result',
          exit_code: verdict.passed ? EXIT.completed : EXIT.failed,
          state: verdict.passed ? 'passed' : 'failed',
          message: verdictSentence(plan.vendor, verdict),
          plan,
          ...verdict,
        },
        reporter,
      );
    });
  teach(command, HELP);
}

/** What a finding means, for whoever has not rehearsed before. */
const MEANINGS: Readonly<Record<string, string>> = {
  calls: 'that the vendor let in',
  'over the cap': 'that it refused, by its own count',
  'paid twice': 'in its own books',
  'cap used': 'no slot lay idle while somebody waited',
  shared: 'while all of them waited; each is due the same',
  'paused and resumed': 'told to the tenants; nobody had to do anything',
};

function verdictTable({ findings, passed }: Verdict): string {
  const heading = passed
    ? pc.green('Passed: the cap was kept, used and felt')
    : pc.red('Failed: see the lines with a cross');
  const rows = findings.map(({ what, found, passed: good }) =>
    `${mark(good)} ${what.padEnd(20)} ${found.padEnd(28)} ${pc.dim(MEANINGS[what] ?? '')}`.trimEnd(),
  );
  return [pc.bold(heading), ...rows].join('\n');
}

function mark(passed: Finding['passed']): string {
  if (passed === null) return pc.dim('·');
  return passed ? pc.green('✓') : pc.red('✗');
}

function verdictSentence(vendor: string, { passed, findings }: Verdict): string {
  if (passed) return `The cap of ${vendor} was kept: ${findings.map(told).join(', ')}`;
  const broken = findings.filter((finding) => finding.passed === false);
  return `The rehearsal of ${vendor} failed: ${broken.map(told).join(', ')}`;
}

function told({ what, found }: Finding): string {
  return `${what} ${found}`;
}
