import { BadRequestException, type ValidationError } from '@nestjs/common';
import { ERROR_CATALOGUE, isErrorCode, type ErrorCode } from '#libs/contracts';

/** RFC 9457, `application/problem+json`; `code` is from the error catalogue. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: readonly { path: string; message: string }[];
}

export function problemOf(code: string, detail: string, errors?: Problem['errors']): Problem {
  const known: ErrorCode = isErrorCode(code) ? code : 'internal';
  const { http, severity } = ERROR_CATALOGUE[known];
  const status = http ?? (severity === 'expected' ? 400 : 500);
  return {
    type: `urn:leadgen:problem:${known}`,
    title: known.replaceAll('_', ' '),
    status,
    code: known,
    detail: status >= 500 && status !== 503 ? 'An internal error; the log of the api has it.' : detail,
    ...(errors && { errors }),
  };
}

/** class-validator's findings as one problem that names every member and what it should be. */
export function problemOfValidation(findings: ValidationError[]): BadRequestException {
  const errors = findings.flatMap((finding) => flatten(finding, ''));
  return new BadRequestException(
    problemOf('invalid_request', errors.map(({ path, message }) => `${path}: ${message}`).join('; '), errors),
  );
}

function flatten(finding: ValidationError, parent: string): { path: string; message: string }[] {
  const path = parent === '' ? finding.property : `${parent}.${finding.property}`;
  const own = Object.values(finding.constraints ?? {}).map((message) => ({ path, message }));
  return [...own, ...(finding.children ?? []).flatMap((child) => flatten(child, path))];
}
