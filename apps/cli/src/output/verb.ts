import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { EXIT } from '../exit-code';

/** What a verb came to: members of the result line, and the text for a person. */
export type Outcome = { text: string; message: string } & Record<string, unknown>;
/** One verb of a command. Throws `usage` naming the flag, before it connects where it can. */
export type Verb<Options> = (options: Options, context: CommandContext) => Promise<Outcome>;

/** Adds `--json`, and has the command do what the verb does. */
export function does<Options extends { json?: boolean }>(
  command: Command,
  verb: Verb<Options>,
  context: CommandContext,
): Command {
  return command.option('--json', 'NDJSON also on a terminal').action(async () => {
    const options = command.optsWithGlobals<Options>();
    const { text, ...members } = await verb(options, context);
    const reporter = context.reporter(options.json ?? false);
    reporter.show(text);
    context.end({ event: 'result', exit_code: EXIT.completed, state: 'done', ...members }, reporter);
  });
}
