// Writes docs/industries.md from the taxonomy.
import { built } from './generated/built.mjs';
import { publishGenerated } from './generated/publish-generated.mjs';

const { industriesDocument } = built('libs/domain/src/index');

process.exitCode = await publishGenerated(
  { 'docs/industries.md': industriesDocument() },
  { script: 'generate-industries.mjs' },
);
