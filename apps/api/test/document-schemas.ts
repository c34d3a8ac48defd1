import type { OpenAPIObject } from '@nestjs/swagger';
import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';

/** What a JSON value is judged by: a schema object as in the document, its `$ref`s into the document's components. */
export type DocumentSchema = object;

/**
 * The schemas of an OpenAPI 3.1 document as validators. Strict: a keyword or a format that JSON Schema 2020-12 does not
 * have is an error, so that no rule is passed over. `closed`: objects with listed members may have no others.
 */
export class DocumentSchemas {
  private readonly ajv: Ajv2020;
  private readonly definitions: unknown;

  constructor(document: OpenAPIObject, { closed = false } = {}) {
    this.ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false });
    addFormats(this.ajv);
    this.ajv.addVocabulary(['example']);
    this.definitions = toPlain(document.components?.schemas ?? {}, closed);
  }

  validator(schema: DocumentSchema, { closed = false } = {}): ValidateFunction {
    return this.ajv.compile({ $defs: this.definitions, allOf: [toPlain(schema, closed)] });
  }
}

function toPlain(value: unknown, closed: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => toPlain(item, closed));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [
    key,
    key === '$ref' ? String(member).replace('#/components/schemas/', '#/$defs/') : toPlain(member, closed),
  ]);
  const plain = Object.fromEntries(members) as Record<string, unknown>;
  const listsMembers = plain.type === 'object' && typeof plain.properties === 'object';
  return closed && listsMembers ? { additionalProperties: false, ...plain } : plain;
}
