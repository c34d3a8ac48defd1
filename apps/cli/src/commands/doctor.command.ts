import type { Command } from 'commander';
import { appError, tenantIdSchema } from '#libs/contracts';
import type { CommandContext } from '../command-context';
import { doctorSentence, doctorTable } from '../doctor/doctor-table';
import { examine } from '../doctor/examine';
import { EXIT } from '../exit-code';
import { teach } from '../help/teach';

interface RawDoctor {
  tenantId?: string;
  apiUrl?: string;
  crontab?: string;
  json?: boolean;
}

/** `leadgen doctor`: the deployment checklist, each line verified or said why not. */
export function doctorCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('doctor')
    .description(
      'verify the deployment checklist, with what to do about each line that is not as it should be',
    )
    .option('--tenant-id <id>', 'whose runs of cron are looked at')
    .option('--api-url <url>', 'where the API is; a key of the tenant is in LEADGEN_API_KEY')
    .option('--crontab <file>', 'the crontab to look at; not given: this user’s, or /etc/cron.d/leadgen')
    .option('--json', 'NDJSON, also on a terminal');
  teach(command, {
    examples: [
      ['leadgen doctor', 'what can be seen without a cell'],
      ['REDIS_URL=redis://… leadgen doctor --tenant-id acme --api-url https://leads.example.com'],
    ],
    prints: 'each line of the checklist as ok, !, ✗ or ?, with what to do; the result has "checks".',
    exitCodes: [EXIT.completed, EXIT.failed, EXIT.usage],
    notes: ['A line that is a warning, or cannot be verified from here, does not change the exit code.'],
    seeAlso: ['leadgen vendors', 'leadgen loadtest', 'docs/playbook.md'],
  }).action(async ({ tenantId, apiUrl, crontab, json = false }: RawDoctor) => {
    if (tenantId !== undefined && !tenantIdSchema.safeParse(tenantId).success) {
      throw appError('usage', `--tenant-id ${JSON.stringify(tenantId)} is no tenant id`);
    }
    if (apiUrl !== undefined && !URL.canParse(apiUrl)) {
      throw appError(
        'usage',
        `--api-url ${JSON.stringify(apiUrl)}: give a URL like https://leads.example.com`,
      );
    }
    const checks = await examine({ tenantId, apiUrl: apiUrl?.replace(/\/+$/, ''), crontab }, context);
    const reporter = context.reporter(json);
    reporter.show(doctorTable(checks));
    const failed = checks.some(({ status }) => status === 'fail');
    const message = doctorSentence(checks);
    const exitCode = failed ? EXIT.failed : EXIT.completed;
    context.end(
      { event: 'result', exit_code: exitCode, state: failed ? 'failed' : 'passed', message, checks },
      reporter,
    );
  });
}
