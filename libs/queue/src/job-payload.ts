import { z } from 'zod';
import { appError, STAGES, type StageName, type StagePayload } from '#libs/contracts';

const versionSchema = z.looseObject({ v: z.int() });

/**
 * Parses a job's payload against the stage catalogue; done at enqueue and again at dequeue.
 * Throws `payload_version_unknown` (a newer release wrote it: wait for one that reads it) or `payload_malformed`.
 */
export function parsePayload<Name extends StageName>(stage: Name, data: unknown): StagePayload<Name> {
  const definition = STAGES[stage];
  const version = versionSchema.safeParse(data);
  if (version.success && version.data.v > definition.version) {
    throw appError(
      'payload_version_unknown',
      `${stage} payload has version ${version.data.v}, this release reads up to ${definition.version}`,
    );
  }
  const result = definition.payload.safeParse(data);
  if (!result.success) {
    throw appError('payload_malformed', `${stage} payload: ${z.prettifyError(result.error)}`);
  }
  return result.data as StagePayload<Name>;
}
