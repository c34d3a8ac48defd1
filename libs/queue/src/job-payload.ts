import { z } from 'zod';
import { appError, STAGES, type StageName, type StagePayload } from '#libs/contracts';

const versionSchema = z.looseObject({ v: z.int() });

/**
 * Parses a job's payload against the stage catalogue; done at enqueue and again at dequeue.
 * Throws `payload_version_unknown` (a newer release wrote it: wait for one that reads it) or `payload_malformed`.
 */
export function parsePayload<Name extends StageName>(stage: Name, data: unknown): StagePayload<Name> {
  const { payload, version } = STAGES[stage];
  const result = payload.safeParse(data);
  if (result.success) return result.data as StagePayload<Name>;
  const written = versionSchema.safeParse(data);
  if (written.success && written.data.v > version) {
    throw appError(
      'payload_version_unknown',
      `${stage} payload has version ${written.data.v}, this release reads up to ${version}`,
    );
  }
  throw appError('payload_malformed', `${stage} payload: ${z.prettifyError(result.error)}`);
}
