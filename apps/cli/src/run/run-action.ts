import type { Command } from 'commander';
import { RunControl, type RunRef } from '#libs/run-state';
import { actorOf, addActor, type ActorOptions } from '../audit/actor';
import type { CommandContext } from '../command-context';
import { EXIT } from '../exit-code';
import { CELL_NOTE, teach } from '../help/teach';
import { resultOfRun } from './result-line';
import { addRunReference, withRun, type RunReferenceOptions } from './run-reference';

const WHO = 'a person';

/** Something a person may tell a run to do. */
export interface RunAction {
  name: string;
  /** Under which name it is in the audit log. */
  audited: string;
  description: string;
  /** False: it changed nothing. */
  act: (control: RunControl, run: RunRef, who: string) => Promise<boolean>;
  /** Why it may have changed nothing. */
  unchanged: string;
  note: string;
  /** It is felt only once workers are there. */
  needsWorkers?: boolean;
}

/** Adds the command of an action. It ends with 0 when it is done, also when it was so before. */
export function addRunAction(program: Command, context: CommandContext, action: RunAction): void {
  const { name, audited, description, act, unchanged, note, needsWorkers = false } = action;
  const command = addActor(addRunReference(program.command(name).description(description), 'active')).action(
    async (raw: RunReferenceOptions & ActorOptions) => {
      const actor = actorOf(raw);
      await withRun(
        raw,
        context,
        async (cell, run, { asleep }) => {
          const changed = await act(new RunControl(cell.runs, cell.companies, cell.flow), run, WHO);
          if (changed) {
            const { tenantId, runId } = run;
            await cell.audit.record({ tenantId, actor, action: audited, target: runId });
          }
          const reporter = context.reporter(raw.json ?? false);
          const record = await cell.runs.get(run);
          const words = changed
            ? record.status.message
            : `Nothing to do: ${unchanged}; it is ${record.state}`;
          const message =
            asleep && needsWorkers ? `${words}. Nobody works there now: the next leadgen run does` : words;
          reporter.show(`${run.runId}: ${message}`);
          const result = await resultOfRun(record, cell.storage);
          context.end({ ...result, exit_code: EXIT.completed, message, changed }, reporter);
        },
        'active',
      );
    },
  );
  teach(command, {
    examples: [
      [`leadgen ${name} --tenant-id acme --run-id run_01J8ZC…`],
      [`leadgen ${name} --tenant-id acme --thread-id q3`, 'the run of the thread that has not ended'],
    ],
    prints: 'a sentence with what became of it; the result has the run’s state and whether it "changed".',
    notes: [note, CELL_NOTE],
    exitCodes: [0, 1, 2, 69],
    seeAlso: ['leadgen status', 'leadgen runs'],
  });
}
