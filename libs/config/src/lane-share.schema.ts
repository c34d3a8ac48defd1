import { z } from 'zod';

/** Which vendors' lanes an enrich process serves. With `only` it serves nothing else: the queue `enrich` is others' work. */
export interface LaneShare {
  readonly kind: 'all' | 'only' | 'except';
  /** Vendor ids; none with `all`. */
  readonly vendors: readonly string[];
}

const FORM = /^(only|except):([a-z0-9]+(?:,[a-z0-9]+)*)$/;

/** `all`, `only:<vendor>,<vendor>` or `except:<vendor>,<vendor>`. */
export const laneShareSchema = z.string().transform((text, context): LaneShare => {
  if (text === 'all') return Object.freeze({ kind: 'all', vendors: Object.freeze([]) });
  const [, kind, list] = FORM.exec(text.replaceAll(' ', '')) ?? [];
  if (kind !== undefined && list !== undefined) {
    return Object.freeze({ kind: kind as 'only' | 'except', vendors: Object.freeze(list.split(',')) });
  }
  context.addIssue({
    code: 'custom',
    message: 'write all, only:<vendor>,<vendor> or except:<vendor>,<vendor>',
  });
  return z.NEVER;
});
