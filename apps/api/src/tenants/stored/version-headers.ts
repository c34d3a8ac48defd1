import { Headers } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Response } from 'express';
import { appError } from '#libs/contracts';
import type { ExpectedVersion, StoredVersion } from '#libs/tenancy';

const TAG = /^"(\d{1,15})"$/;

/** Says which version an answer is about; `"0"`: nothing was stored yet. */
export function tellVersion(response: Response, { version }: StoredVersion): void {
  response.setHeader('etag', `"${version}"`);
}

/** The version that `If-Match` names; without the header, or for `*`, whichever is stored. Throws `invalid_request`. */
export function expectedVersion(header: string | undefined): ExpectedVersion {
  if (header === undefined || header.trim() === '*') return 'any';
  const [, version] = TAG.exec(header.trim()) ?? [];
  if (version !== undefined) return Number(version);
  throw appError('invalid_request', 'If-Match: send back the ETag of the answer you read, for example "3"');
}

/** The `If-Match` header of a request. */
export function IfMatch(): ParameterDecorator {
  return Headers('if-match');
}

/** Documents it. */
export function ApiIfMatch(): MethodDecorator {
  return ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag that was read: 412 if something else is stored by now. Not sent: overwrites.',
    schema: { type: 'string', pattern: '^"[0-9]{1,15}"$' },
  });
}
