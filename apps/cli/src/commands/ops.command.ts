import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { hashOpsPassword, isOpsRole, isOpsUserName, OPS_ROLES, opsUserEntry } from '#libs/access';
import { appError } from '#libs/contracts';
import type { CommandContext } from '../command-context';
import { EXIT } from '../exit-code';
import { teach, type HelpPage } from '../help/teach';

const LENGTH_MIN = 12;

interface HashPasswordOptions {
  json?: boolean;
  name?: string;
  role?: string;
}

const HELP: HelpPage = {
  examples: [['leadgen ops hash-password --name ada --role operator < password.txt']],
  prints: 'the entry on a line of its own, or "entry" in the result.',
  notes: ['The password is read from stdin, so that it is in no history. Needs no Redis.'],
  exitCodes: [0, 2],
  seeAlso: ['docs/ops.md', 'leadgen keys'],
};

/** `leadgen ops`: what whoever runs a cell needs to set up its admin port. */
export function opsCommand(program: Command, context: CommandContext): void {
  const ops = program.command('ops').description('set up the admin port');
  ops
    .command('hash-password')
    .description('read a password from stdin and print the entry for LEADGEN_OPS_USERS')
    .option('--name <name>', 'who')
    .option('--role <role>', OPS_ROLES.join(' | '), 'viewer')
    .option('--json', 'NDJSON also on a terminal')
    .action(async (options: HashPasswordOptions) => {
      const { name = '', role = '', json = false } = options;
      if (!isOpsUserName(name))
        throw appError('usage', 'who? pass --name <name>: 1–32 letters, digits, ".", "-", "_"');
      if (!isOpsRole(role))
        throw appError('usage', `--role ${JSON.stringify(role)}: give one of ${OPS_ROLES.join(', ')}`);
      const [password = ''] = (await text(process.stdin)).split(/\r?\n/, 1);
      if (password.length < LENGTH_MIN) {
        throw appError('usage', `stdin: the password, at least ${LENGTH_MIN} characters on one line`);
      }
      const entry = opsUserEntry({ name, role, passwordHash: await hashOpsPassword(password) });
      const reporter = context.reporter(json);
      reporter.show(entry);
      context.end(
        {
          event: 'result',
          exit_code: EXIT.completed,
          state: 'done',
          message: 'An entry for LEADGEN_OPS_USERS',
          entry,
        },
        reporter,
      );
    });
  teach(ops, HELP);
}
