// Writes docs/openapi.json from the routes of the API.
import 'reflect-metadata';
import { built } from './generated/built.mjs';
import { publishGenerated } from './generated/publish-generated.mjs';

const { describeApi } = built('apps/api/src/openapi/describe-api');

const document = { ...(await describeApi()), 'x-generated-by': 'scripts/generate-openapi.mjs' };

process.exitCode = await publishGenerated(
  { 'docs/openapi.json': JSON.stringify(document) },
  { script: 'generate-openapi.mjs' },
);
