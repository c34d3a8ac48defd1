import 'reflect-metadata';
import { startStageWorker } from '#libs/cell';
import { ExportHandler } from './export.handler';
import { ExportModule } from './export.module';

void startStageWorker({
  stage: 'export',
  handler: ExportHandler,
  module: ExportModule,
  concurrency: (settings) => settings.workers.exportConcurrency,
});
