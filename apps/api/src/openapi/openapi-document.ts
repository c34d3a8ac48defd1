import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { listedLeadSchema, runOutputSchema } from '#libs/contracts';
import { contractSchema } from './contract-schema';
import { describeRequestBodies, describeRefusals, operationsOf } from './operation-defaults';
import { ProblemView } from './problem.view';

const DESCRIPTION = `Starts, watches and steers runs of the lead-generation pipeline.

Every route but the public ones takes a tenant's key, \`Authorization: Bearer lg_…\`; the scope it needs is at the route.
A key sees its own tenant only: a foreign id is answered like one that never was (404).

Errors are \`application/problem+json\` (RFC 9457) with a \`code\`. 429 and 503 carry \`Retry-After\`. Lists are answered as
\`{ data, next_cursor }\`; hand \`next_cursor\` back as \`cursor\` until it is null. Routes are not versioned: members may be
added to answers at any time; whatever would break a client gets a new path.`;

/** The API's own description, OpenAPI 3.1, made from the routes of the application. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Leadgen Orchestrator')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'lg_<environment>_<id>_<secret>' })
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [ProblemView] });
  const schemas = (document.components ??= {}).schemas ?? {};
  document.components.schemas = sorted({
    ...schemas,
    RunOutput: contractSchema(runOutputSchema),
    Lead: contractSchema(listedLeadSchema),
  });
  document.paths = sorted(document.paths);
  for (const operation of operationsOf(document)) describeRefusals(operation);
  describeRequestBodies(document);
  return document;
}

/** So that the committed document changes only where the API does. */
function sorted<T>(members: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
}
