import 'reflect-metadata';
import { startStageWorker, watchTuning } from '#libs/cell';
import { EnrichHandler } from './enrich.handler';
import { EnrichModule } from './enrich.module';
import { OwnLanes } from './own-keys/own-lanes';

void startStageWorker({
  stage: 'enrich',
  handler: EnrichHandler,
  module: EnrichModule,
  lanesOnly: (settings) => settings.workers.enrichLanes.kind === 'only',
  concurrency: (settings) => settings.workers.enrichConcurrency,
  duties: (context) => {
    const duties = [watchTuning(context), context.get(OwnLanes).start()];
    return {
      stop: async () => {
        await Promise.all(duties.map((duty) => duty.stop()));
      },
    };
  },
});
