import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { addRunAction } from '../run/run-action';

/** `leadgen pause`: no new vendor call for the run within a second; nothing is lost. */
export function pauseCommand(program: Command, context: CommandContext): void {
  addRunAction(program, context, {
    name: 'pause',
    audited: 'run.paused',
    description: 'pause a run: no new vendor calls until it is resumed',
    act: (control, run, who) => control.pause(run, who),
    unchanged: 'a person had paused it before',
    note: 'Calls under way end and are kept. leadgen resume lets it go on where it was.',
  });
}

/** `leadgen resume`: a paused run goes on where it was. */
export function resumeCommand(program: Command, context: CommandContext): void {
  addRunAction(program, context, {
    name: 'resume',
    audited: 'run.resumed',
    description: 'let a paused run go on',
    act: (control, run, who) => control.resume(run, who),
    unchanged: 'it was not paused',
    note: 'A run that waits for nothing but closed caps goes on by itself; leadgen vendors reopen opens a cap earlier.',
    needsWorkers: true,
  });
}
