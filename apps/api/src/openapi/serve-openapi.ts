import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { openApiDocument } from './openapi-document';

export const DOCS_PATH = 'api/docs';

/** Serves the page `/api/docs` and the document it shows, `/api/docs/openapi.json`, to anybody. Made when first asked for. */
export function serveOpenApi(app: NestExpressApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => openApiDocument(app), {
    raw: ['json'],
    jsonDocumentUrl: `${DOCS_PATH}/openapi.json`,
    customSiteTitle: 'Leadgen Orchestrator API',
  });
}
