import 'reflect-metadata';
import { startStageWorker } from '#libs/cell';
import { NormalizeHandler } from './normalize.handler';
import { CapPauseDuty } from './duties/cap-pause.duty';
import { ReaperDuty } from './duties/reaper.duty';
import { ReconcilerDuty } from './duties/reconciler.duty';
import { NormalizeModule } from './normalize.module';

void startStageWorker({
  stage: 'normalize',
  handler: NormalizeHandler,
  module: NormalizeModule,
  concurrency: (settings) => settings.workers.normalizeConcurrency,
  duties: ({ get }) => {
    const duties = [get(ReconcilerDuty), get(CapPauseDuty), get(ReaperDuty)];
    for (const duty of duties) duty.start();
    return {
      stop: async () => {
        await Promise.all(duties.map((duty) => duty.stop()));
      },
    };
  },
});
