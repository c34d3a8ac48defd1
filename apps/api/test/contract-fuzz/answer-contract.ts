import type { OpenAPIObject } from '@nestjs/swagger';
import type { ValidateFunction } from 'ajv/dist/2020';
import type { Operation } from '../../src/openapi/operation-defaults';
import { DocumentSchemas } from '../document-schemas';

export interface GivenAnswer {
  status: number;
  /** Without parameters; empty where there is none. */
  type: string;
  text: string;
}

/** What the document says an operation answers, as a judge. */
export class AnswerContract {
  private readonly schemas: DocumentSchemas;
  private readonly validators = new Map<object, ValidateFunction>();

  constructor(document: OpenAPIObject) {
    this.schemas = new DocumentSchemas(document, { closed: true });
  }

  /** What is wrong with the answer, in words; undefined if it is as described. */
  breach({ responses, operationId }: Operation, { status, type, text }: GivenAnswer): string | undefined {
    if (status >= 500) return `${operationId} answered ${status}: ${text}`;
    const described = responses[status] ?? responses.default;
    if (!described || '$ref' in described) return `${operationId} does not describe ${status}`;
    if (!described.content) return text === '' ? undefined : `${operationId} ${status} has a body: ${text}`;
    const schema = described.content[type]?.schema;
    if (!schema) return `${operationId} ${status} is of the type "${type}", which is not described`;
    if (!type.endsWith('json')) return undefined;
    const validate = this.validators.get(schema) ?? this.schemas.validator(schema, { closed: true });
    this.validators.set(schema, validate);
    if (validate(JSON.parse(text))) return undefined;
    const findings = (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath, message, JSON.stringify(params)].join(' '),
    );
    return `${operationId} ${status} is not as described: ${findings.join('; ')} in ${text.slice(0, 500)}`;
  }
}
