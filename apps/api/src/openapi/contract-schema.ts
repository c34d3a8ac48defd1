import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';

export type OpenApiSchema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/**
 * A schema of libs/contracts as OpenAPI 3.1 has it: JSON Schema 2020-12, of what is answered. Objects are left open: a
 * member that is added later breaks nobody.
 */
export function contractSchema(schema: z.ZodType): OpenApiSchema {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, {
    io: 'output',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return described as OpenApiSchema;
}
