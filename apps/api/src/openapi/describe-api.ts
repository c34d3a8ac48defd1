import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { processMetrics } from '#libs/cell';
import { loadSettings } from '#libs/config';
import { createLogger } from '#libs/observability';
import { ApiModule } from '../api.module';
import { openApiDocument } from './openapi-document';

/** The document without a running API: nothing is connected to, nothing is constructed. */
export async function describeApi(): Promise<OpenAPIObject> {
  const logger = createLogger({ app: 'api', level: 'silent' });
  const settings = loadSettings({});
  const metrics = await processMetrics('api', settings, logger);
  const app = await NestFactory.create(ApiModule.forProcess(settings, logger, metrics), {
    preview: true,
    abortOnError: false,
    logger: false,
  });
  metrics.stop();
  return openApiDocument(app);
}
