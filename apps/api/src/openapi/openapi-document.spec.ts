import type { OpenAPIObject } from '@nestjs/swagger';
import { SCOPES } from '#libs/contracts';
import { DocumentSchemas } from '../../test/document-schemas';
import { describeApi } from './describe-api';
import { operationsByRoute, type Operation } from './operation-defaults';

let document: OpenAPIObject;
let operations: [string, Operation][];

beforeAll(async () => {
  document = await describeApi();
  operations = operationsByRoute(document).map(({ method, path, operation }): [string, Operation] => [
    `${method.toUpperCase()} ${path}`,
    operation,
  ]);
});

/** Names of the operations for which `wrong` is true. */
function whichAre(wrong: (operation: Operation, name: string) => boolean): string[] {
  return operations.filter(([name, operation]) => wrong(operation, name)).map(([name]) => name);
}

const answers = (operation: Operation, statuses: readonly (number | 'default')[]): boolean =>
  statuses.every((status) => operation.responses[status] !== undefined);

describe('the description of the API', () => {
  it('is OpenAPI 3.1, without words of 3.0', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(operations.length).toBeGreaterThan(4);
    expect(JSON.stringify(document)).not.toMatch(/"nullable"|"exclusiveM(in|ax)imum":(true|false)/);
  });

  it('has only schemas that are JSON Schema 2020-12, and refers to no others', () => {
    const schemas = new DocumentSchemas(document);
    const names = Object.keys(document.components?.schemas ?? {});
    for (const name of names) schemas.validator({ $ref: `#/components/schemas/${name}` });
    const referred = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(referred)].sort()).toEqual(names);
  });

  it('gives every operation an id of its own, a summary and a tag', () => {
    expect(whichAre(({ operationId, summary, tags }) => !operationId || !summary || !tags?.length)).toEqual(
      [],
    );
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says of every operation which scope it needs and how it refuses, as a problem', () => {
    expect(whichAre((operation) => !answers(operation, ['default']))).toEqual([]);
    const closed = operations.filter(([, { security }]) => security !== undefined);
    expect(whichAre(({ security }) => security === undefined)).toEqual([
      'GET /health/live',
      'GET /health/ready',
    ]);
    for (const [name, operation] of closed) {
      expect([name, answers(operation, [401, 403, 429, 503])]).toEqual([name, true]);
      const scopes = operation.security?.flatMap(({ bearer = [] }) => bearer) ?? [];
      expect([name, scopes.length, SCOPES.some((scope) => scope === scopes[0])]).toEqual([name, 1, true]);
    }
    expect(whichAre((operation, name) => name.includes('{') && !answers(operation, [400, 404]))).toEqual([]);
  });

  it('says what a success answers: a schema, or that there is no body', () => {
    const success = (operation: Operation): string | undefined =>
      Object.keys(operation.responses).find((status) => /^2\d\d$/.test(status));
    expect(
      whichAre((operation) => {
        const status = success(operation);
        const answer = status === undefined ? undefined : operation.responses[status];
        return !answer || !('content' in answer ? answer.content : status === '204' || status === '205');
      }),
    ).toEqual([]);
  });
});
