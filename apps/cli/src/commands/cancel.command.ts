import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { addRunAction } from '../run/run-action';

/** `leadgen cancel`: no vendor is called for the run from now on. */
export function cancelCommand(program: Command, context: CommandContext): void {
  addRunAction(program, context, {
    name: 'cancel',
    audited: 'run.cancelled',
    description: 'cancel a run: no more vendor calls',
    act: (control, run, who) => control.cancel(run, who),
    unchanged: 'it was cancelled before',
    note: 'What was found is kept, and leadgen leads shows it. A cancelled run does not go on: start another one.',
  });
}
