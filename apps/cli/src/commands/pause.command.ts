import type { Command } from 'commander';
import { RunControl, type RunRef } from '#libs/run-state';
import type { ConnectedCell } from '../cell/connected-cell';
import type { CommandContext } from '../command-context';
import { resultOfRun } from '../run/result-line';
import { addRunReference, withRun, type RunReferenceOptions } from './status.command';

const WHO = 'a person';

/** `leadgen pause`: no new vendor call for the run within a second; nothing is lost. */
export function pauseCommand(program: Command, context: CommandContext): void {
  const description = 'pause a run: no new vendor calls until it is resumed';
  addCommand(program, context, 'pause', description, (control, run) => control.pause(run, WHO));
}

/** `leadgen resume`: a paused run goes on where it was. */
export function resumeCommand(program: Command, context: CommandContext): void {
  const description = 'let a paused run go on';
  addCommand(program, context, 'resume', description, (control, run) => control.resume(run, WHO));
}

function addCommand(
  program: Command,
  context: CommandContext,
  name: string,
  description: string,
  act: (control: RunControl, run: RunRef) => Promise<boolean>,
): void {
  addRunReference(program.command(name).description(description)).action(async (raw: RunReferenceOptions) => {
    await withRun(raw, context, async (cell: ConnectedCell, run) => {
      await act(new RunControl(cell.runs, cell.companies, cell.flow), run);
      const result = resultOfRun(await cell.runs.get(run), cell.storage);
      context.end({ ...result, exit_code: 0 }, context.reporter(raw.json ?? false));
    });
  });
}
