import 'reflect-metadata';
import { startStageWorker, watchTuning } from '#libs/cell';
import { EnrichHandler } from './enrich.handler';
import { EnrichModule } from './enrich.module';

void startStageWorker({
  stage: 'enrich',
  handler: EnrichHandler,
  module: EnrichModule,
  concurrency: (settings) => settings.workers.enrichConcurrency,
  duties: watchTuning,
});
