import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ERROR_CATALOGUE, type ErrorCode } from '#libs/contracts';

/**
 * The errors a route answers by itself, by their codes: `@ApiProblems('run_ambiguous', 'illegal_transition')`. What every
 * route may answer (401, 403, 429, 503; 400 and 413 where there is something to refuse) is in the document without it.
 */
export function ApiProblems(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const { http, meaning }: { http?: number; meaning: string } = ERROR_CATALOGUE[code];
    if (http === undefined)
      throw new Error(`the error ${code} has no HTTP status: give it one in the error catalogue`);
    byStatus.set(http, [...(byStatus.get(http) ?? []), `\`${code}\`: ${meaning}`]);
  }
  return applyDecorators(
    ...[...byStatus].map(([status, meanings]) =>
      ApiResponse({ status, description: meanings.join(' '), content: PROBLEM_CONTENT }),
    ),
  );
}

export const PROBLEM_CONTENT = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemView' } },
} as const;
