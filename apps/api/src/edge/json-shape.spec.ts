import type { BadRequestException } from '@nestjs/common';
import type { Request, Response } from 'express';
import fc from 'fast-check';
import { limitJsonShape } from './json-shape';

const PASSED_OVER = [...Object.getOwnPropertyNames(Object.prototype), 'prototype'];

/** Paths of the members that the body is refused for; undefined: it passes. */
function refusedFor(body: unknown): string[] | undefined {
  let refused: string[] | undefined;
  limitJsonShape({ body } as Request, {} as Response, (error?: unknown) => {
    if (error === undefined) return;
    const { errors } = (error as BadRequestException).getResponse() as { errors: { path: string }[] };
    refused = errors.map(({ path }) => path);
  });
  return refused;
}

const name = fc.string().filter((text) => !PASSED_OVER.includes(text) && !text.includes('.'));
const { body } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.constant(null), tie('body')),
  body: fc.oneof(
    { depthSize: 'small' },
    fc.dictionary(name, tie('value'), { noNullPrototype: true }),
    fc.array(tie('value')),
  ),
}));

/** The body with a member more, in the object that the steps lead to; and the path of that member. */
function plant(value: unknown, steps: readonly number[], member: string): { value: unknown; path: string } {
  const [step, ...rest] = steps;
  const inner = Object.entries(value as object).filter(
    ([, each]) => typeof each === 'object' && each !== null,
  );
  const chosen = step === undefined ? undefined : inner[step % Math.max(1, inner.length)];
  if (chosen) {
    const [key, each] = chosen as [string, unknown];
    const planted = plant(each, rest, member);
    const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
    (copy as Record<string, unknown>)[key] = planted.value;
    return { value: copy, path: `${key}.${planted.path}` };
  }
  if (Array.isArray(value)) {
    const last = value.length;
    const planted = plant({}, [], member);
    return { value: [...(value as unknown[]), planted.value], path: `${last}.${planted.path}` };
  }
  return { value: Object.fromEntries([...Object.entries(value as object), [member, 1]]), path: member };
}

describe('a body of JSON', () => {
  it('passes with any members that mean nothing to an object', () => {
    fc.assert(fc.property(body, (sent) => expect(refusedFor(sent)).toBeUndefined()));
  });

  it('is refused by the name of a member that every object has, wherever that is', () => {
    fc.assert(
      fc.property(body, fc.array(fc.nat(9)), fc.constantFrom(...PASSED_OVER), (sent, steps, member) => {
        const planted = plant(sent, steps, member);
        expect(refusedFor(JSON.parse(JSON.stringify(planted.value)))).toEqual([planted.path]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['{"webhook":{"url":"https://a.example","constructor":1}}', 'webhook.constructor'],
    ['{"entries":[{"kind":"email"},{"prototype":{}}]}', 'entries.1.prototype'],
    ['{"companies":[{"__proto__":{"polluted":1}}]}', 'companies.0.__proto__'],
    ['[{"hasOwnProperty":true}]', '0.hasOwnProperty'],
  ])('%s is refused for %s', (text, path) => {
    expect(refusedFor(JSON.parse(text))).toEqual([path]);
  });
});
