import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import { operationsByRoute, type Operation } from '../../src/openapi/operation-defaults';
import { mutate, mutation, oddValue, type Mutation } from './mutation';
import { SchemaArbitraries, type Schema } from './schema-arbitrary';

/** A request that is made of the document; ids are chosen when it is sent, from those met until then. */
export interface PlannedRequest {
  operation: Operation;
  method: string;
  path: string;
  params: { name: string; in: 'path' | 'query' | 'header'; value: unknown; known: number | undefined }[];
  /** `known`: which of the ids met is put where the body names one; without, those made up stay. */
  body: { type: string; value: unknown; known: number } | undefined;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema?: Schema;
}

/** Named as ids and cursors are: of these a valid value can not be made up. */
const NAMES_SOMETHING = /(^|_)(id|cursor)$/;
/** Types of bodies that are no JSON: uploads, made of text. */
const UPLOAD = /^(multipart\/form-data|text\/|application\/(x-ndjson|jsonl|octet-stream))/;

/** Requests to these operations of the document, by default to all: one half as described, one half with something wrong. */
export function plannedRequests(
  document: OpenAPIObject,
  operationIds?: readonly string[],
): fc.Arbitrary<PlannedRequest> {
  const schemas = new SchemaArbitraries(document);
  const operations = operationsByRoute(document).filter(
    ({ operation }) => operationIds?.includes(String(operation.operationId)) ?? true,
  );
  return fc.oneof(
    ...operations.map(({ method, path, operation }) =>
      fc
        .record({
          params: fc.tuple(
            ...((operation.parameters ?? []) as Parameter[]).map((parameter) =>
              parameterOf(schemas, parameter),
            ),
          ),
          body: bodyOf(schemas, operation),
          mutations: fc.oneof(fc.constant([]), fc.array(mutation, { minLength: 1, maxLength: 2 })),
          odd: fc.option(fc.record({ at: fc.nat(), value: oddValue }), { freq: 2, nil: undefined }),
        })
        .map(({ params, body, mutations, odd }): PlannedRequest => ({
          operation,
          method,
          path,
          params: params.flatMap((param, i) => {
            if (!param) return [];
            return [
              odd && odd.at % params.length === i ? { ...param, value: odd.value, known: undefined } : param,
            ];
          }),
          body: body && { ...body, value: mutated(body.value, mutations) },
        })),
    ),
  );
}

function mutated(value: unknown, mutations: readonly Mutation[]): unknown {
  return mutations.reduce(mutate, value);
}

function parameterOf(
  schemas: SchemaArbitraries,
  { name, in: place, required = false, schema = {} }: Parameter,
): fc.Arbitrary<PlannedRequest['params'][number] | undefined> {
  const named = place === 'path' || NAMES_SOMETHING.test(name);
  const param = fc.record({
    name: fc.constant(name),
    in: fc.constant(place),
    value: schemas.of(schema),
    known: named ? fc.option(fc.nat(), { freq: 5, nil: undefined }) : fc.constant(undefined),
  });
  return required ? param : fc.option(param, { freq: 2, nil: undefined });
}

function bodyOf(
  schemas: SchemaArbitraries,
  operation: Operation,
): fc.Arbitrary<PlannedRequest['body'] | undefined> {
  const body = operation.requestBody;
  if (!body || !('content' in body)) return fc.constant(undefined);
  const types = Object.entries(body.content).map(([type, { schema }]) =>
    fc.record({
      type: fc.constant(type),
      known: fc.nat(),
      value: UPLOAD.test(type) ? uploadText : schemas.of((schema ?? {}) as Schema),
    }),
  );
  return fc.oneof(
    { arbitrary: fc.oneof(...types), weight: 30 },
    { arbitrary: fc.constant(undefined), weight: 1 },
  );
}

const uploadText = fc
  .array(fc.tuple(fc.string({ maxLength: 20 }), fc.domain()), { maxLength: 5 })
  .map((rows) =>
    ['name,website', ...rows.map(([name, website]) => `"${name.replaceAll('"', '""')}",${website}`)].join(
      '\n',
    ),
  );
