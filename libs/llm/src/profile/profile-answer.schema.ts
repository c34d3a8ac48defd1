import { z } from 'zod';
import { companyProfileSchema } from '#libs/contracts';

/**
 * What the model is made to answer with, before any of it is believed. Without lengths: the strict mode of structured
 * output does not know them, and what is too long is dropped value by value.
 */
export const profileAnswerSchema = z.strictObject({
  summary: z
    .string()
    .nullable()
    .describe('What the company does, in one or two plain sentences; null if the text does not say'),
  products: z.array(z.string()).describe('Products or services, as the text names them; at most 5'),
  sells_to: companyProfileSchema.shape.sells_to.describe('Whom it sells to; null if the text does not say'),
  quotes: z
    .array(z.string())
    .describe('Sentences or phrases of the text, copied word for word, that show the above; at most 5'),
});
export type ProfileAnswer = z.infer<typeof profileAnswerSchema>;

/** As JSON Schema, with every member required and no others allowed. */
export const PROFILE_ANSWER_JSON_SCHEMA: Readonly<Record<string, unknown>> = jsonSchema();

function jsonSchema(): Record<string, unknown> {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(profileAnswerSchema);
  return schema;
}
