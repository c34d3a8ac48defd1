import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_CONTENT } from './api-problems.decorator';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Answer = Exclude<Operation['responses'][string], { $ref: string } | undefined>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
} as const;

const problem = (description: string): Answer => ({ description, content: PROBLEM_CONTENT });
const waitProblem = (description: string): Answer => ({ ...problem(description), headers: RETRY_AFTER });

/** Adds what a route may refuse for reasons that are not its own; what the route says itself stays. */
export function describeRefusals(operation: Operation): void {
  const { parameters = [], requestBody, security } = operation;
  const hasInput = parameters.length > 0 || requestBody !== undefined;
  const inPath = parameters.some((parameter) => 'in' in parameter && parameter.in === 'path');
  const refusals: Record<string, Answer> = {
    ...(hasInput && { 400: problem('A parameter or member is missing or not as described.') }),
    ...(security && {
      401: problem('No key, or one that is not valid.'),
      403: problem('The key lacks the scope this route needs.'),
    }),
    ...(inPath && { 404: problem('This tenant has nothing of that id.') }),
    ...(requestBody && { 413: problem('The body is too large.') }),
    ...(security && {
      429: waitProblem('Too many requests of this key or tenant.'),
      503: waitProblem('Redis does not answer, or is too full to take more.'),
    }),
    default: problem('Any other error.'),
  };
  for (const [status, answer] of Object.entries(refusals)) {
    operation.responses[status] ??= answer;
  }
}

/** Says of every body what the API does anyway: unknown members are refused. */
export function describeRequestBodies(document: OpenAPIObject): void {
  const schemas = document.components?.schemas ?? {};
  for (const operation of operationsOf(document)) {
    const body = operation.requestBody;
    if (!body || !('content' in body)) continue;
    for (const { schema } of Object.values(body.content)) {
      if (!schema || !('$ref' in schema)) continue;
      const described = schemas[String(schema.$ref.split('/').at(-1))];
      if (described && 'type' in described) described.additionalProperties ??= false;
    }
  }
}

export function operationsOf(document: OpenAPIObject): Operation[] {
  return operationsByRoute(document).map(({ operation }) => operation);
}

/** Every operation of the document with where it is, e.g. `get` `/api/orchestrations/{id}`. */
export function operationsByRoute(
  document: OpenAPIObject,
): { method: string; path: string; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ method, path, operation }] : [];
    }),
  );
}
