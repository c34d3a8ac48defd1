import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import type { Operation } from '../../src/openapi/operation-defaults';
import { AnswerContract, type GivenAnswer } from './answer-contract';
import { mutate, mutation } from './mutation';
import { SchemaArbitraries, type Schema } from './schema-arbitrary';

const RUN: Schema = {
  type: 'object',
  required: ['id', 'note'],
  properties: {
    id: { type: 'integer', minimum: 1, maximum: 99 },
    note: { anyOf: [{ type: 'string', maxLength: 9 }, { type: 'null' }] },
    tags: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
  },
};
const PROBLEM: Schema = { type: 'object', required: ['code'], properties: { code: { type: 'string' } } };

const content = (type: string, name: string): object => ({
  description: '',
  content: { [type]: { schema: { $ref: `#/components/schemas/${name}` } } },
});
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: '', version: '1' },
  paths: {},
  components: { schemas: { Run: RUN, Problem: PROBLEM } },
} as OpenAPIObject;
const OPERATION = {
  operationId: 'getRun',
  responses: {
    200: content('application/json', 'Run'),
    204: { description: '' },
    default: content('application/problem+json', 'Problem'),
  },
} as unknown as Operation;

describe('the judge of the contract fuzz', () => {
  const contract = new AnswerContract(DOCUMENT);
  const breach = (answer: Partial<GivenAnswer>): string | undefined =>
    contract.breach(OPERATION, { status: 200, type: 'application/json', text: '', ...answer });

  it.each<[string, Partial<GivenAnswer>]>([
    ['what is described', { text: '{"id":1,"note":null}' }],
    ['no body where none is described', { status: 204, type: '' }],
    ['any other error as a problem', { status: 418, type: 'application/problem+json', text: '{"code":"x"}' }],
  ])('accepts %s', (_what, answer) => {
    expect(breach(answer)).toBeUndefined();
  });

  it.each<[string, Partial<GivenAnswer>]>([
    ['a member too many', { text: '{"id":1,"note":null,"secret":1}' }],
    ['a member missing', { text: '{"id":1}' }],
    ['a value out of its bounds', { text: '{"id":100,"note":null}' }],
    ['a body where none is described', { status: 204, type: '', text: 'x' }],
    ['another type', { type: 'text/html', text: '<p>' }],
    ['a success that is not described', { status: 201, text: '{"id":1,"note":null}' }],
    [
      'a 5xx, however well described',
      { status: 503, type: 'application/problem+json', text: '{"code":"x"}' },
    ],
  ])('reports %s', (_what, answer) => {
    expect(breach(answer)).toMatch(/^getRun/);
  });

  it('is given values that are as the schema says, and with a mutation mostly are not', () => {
    const values = new SchemaArbitraries(DOCUMENT).of(RUN);
    const isRun = (value: unknown): boolean => breach({ text: JSON.stringify(value) }) === undefined;
    fc.assert(fc.property(values, isRun), { numRuns: 300 });
    const mutated = fc
      .sample(fc.tuple(values, mutation), 300)
      .map(([value, change]) => mutate(value, change));
    expect(mutated.filter((value) => value !== undefined && isRun(value)).length).toBeLessThan(150);
  });
});
