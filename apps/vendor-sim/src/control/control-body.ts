import type { z } from 'zod';
import { jsonAnswer, type HttpAnswer } from '../http/delivery';
import type { SimulatorRequest } from '../http/simulator-request';

/** A body that was posted, as its schema reads it, or the 400 that says what is wrong with it. */
export type ControlBody<T> = { kind: 'read'; value: T } | { kind: 'wrong'; answer: HttpAnswer };

export function readControlBody<Schema extends z.ZodType>(
  { body }: SimulatorRequest,
  schema: Schema,
): ControlBody<z.output<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: 'wrong', answer: wrong(['the body is not JSON']) };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: 'read', value: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  return { kind: 'wrong', answer: wrong(problems) };
}

export function wrong(problems: readonly string[]): HttpAnswer {
  return jsonAnswer(400, { error: 'bad request', problems });
}
