import 'reflect-metadata';
import { startStageWorker, watchTuning } from '#libs/cell';
import { NormalizeHandler } from './normalize.handler';
import { CapPauseDuty } from './duties/cap-pause.duty';
import { CountingDuty } from './duties/counting.duty';
import { DatasetsDuty } from './duties/datasets.duty';
import { ErasureDuty } from './duties/erasure.duty';
import { HandoverDuty } from './duties/handover.duty';
import { JanitorDuty } from './duties/janitor.duty';
import { ReaperDuty } from './duties/reaper.duty';
import { ReconcilerDuty } from './duties/reconciler.duty';
import { RunFilesDuty } from './duties/run-files.duty';
import { ScheduleDuty } from './duties/schedule.duty';
import { NormalizeModule } from './normalize.module';

void startStageWorker({
  stage: 'normalize',
  handler: NormalizeHandler,
  module: NormalizeModule,
  concurrency: (settings) => settings.workers.normalizeConcurrency,
  duties: (context) => {
    const { get } = context;
    const tuning = watchTuning(context);
    const duties = [
      get(HandoverDuty),
      get(ReconcilerDuty),
      get(CapPauseDuty),
      get(CountingDuty),
      get(ReaperDuty),
      get(ErasureDuty),
      get(JanitorDuty),
      get(DatasetsDuty),
      get(RunFilesDuty),
      get(ScheduleDuty),
    ];
    for (const duty of duties) duty.start();
    return {
      stop: async () => {
        await Promise.all([tuning.stop(), ...duties.map((duty) => duty.stop())]);
      },
    };
  },
});
