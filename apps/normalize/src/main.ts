import 'reflect-metadata';
import { startStageWorker } from '#libs/cell';
import { NormalizeHandler } from './normalize.handler';
import { NormalizeModule } from './normalize.module';
import { ReconcilerDuty } from './reconciler/reconciler.duty';

void startStageWorker({
  stage: 'normalize',
  handler: NormalizeHandler,
  module: NormalizeModule,
  concurrency: (settings) => settings.workers.normalizeConcurrency,
  duties: ({ get }) => get(ReconcilerDuty).start(),
});
