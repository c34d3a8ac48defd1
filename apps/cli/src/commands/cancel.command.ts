import type { Command } from 'commander';
import { RunControl } from '#libs/run-state';
import type { CommandContext } from '../command-context';
import { resultOfRun } from '../run/result-line';
import { addRunReference, withRun, type RunReferenceOptions } from './status.command';

/** `leadgen cancel`: no vendor is called for the run from now on. */
export function cancelCommand(program: Command, context: CommandContext): void {
  addRunReference(program.command('cancel').description('cancel a run: no more vendor calls')).action(
    async (raw: RunReferenceOptions) => {
      await withRun(raw, context, async (cell, run) => {
        await new RunControl(cell.runs, cell.companies, cell.flow).cancel(run, 'a person');
        const reporter = context.reporter(raw.json ?? false);
        context.end({ ...resultOfRun(await cell.runs.get(run), cell.storage), exit_code: 0 }, reporter);
      });
    },
  );
}
