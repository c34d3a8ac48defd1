import 'reflect-metadata';
import { startStageWorker } from '#libs/cell';
import { ExportHandler } from './export.handler';
import { ExportModule } from './export.module';
import { WebhookDuty } from './webhooks/webhook.duty';

void startStageWorker({
  stage: 'export',
  handler: ExportHandler,
  module: ExportModule,
  concurrency: (settings) => settings.workers.exportConcurrency,
  duties: ({ get }) => {
    const webhooks = get(WebhookDuty);
    webhooks.start();
    return { stop: () => webhooks.stop() };
  },
});
