import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';

/** The part of JSON Schema 2020-12 that our document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  example?: unknown;
}

/** Longer lists and texts say nothing new. */
const ITEMS_MAX = 5;
const TEXT_MAX = 60;
const DEPTH_MAX = 6;

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  date: fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  email: fc.emailAddress(),
  uri: fc.webUrl(),
  uuid: fc.uuid(),
};

/** Values of which most are as a schema of the document asks. */
export class SchemaArbitraries {
  private readonly components: Readonly<Record<string, Schema>>;

  constructor(document: OpenAPIObject) {
    this.components = document.components?.schemas ?? {};
  }

  of(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
    if (schema.example === undefined) return this.described(schema, depth);
    return fc.oneof({ arbitrary: fc.constant(schema.example), weight: 2 }, this.described(schema, depth));
  }

  /** A schema behind its name. Throws for a name the document does not have. */
  resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const named = this.components[String(schema.$ref.split('/').at(-1))];
    if (!named) throw new Error(`the document has no ${schema.$ref}`);
    return named;
  }

  private described(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined) return this.of(this.resolve(schema), depth);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return fc.oneof(...choices.map((choice) => this.of(choice, depth)));
    if (schema.allOf) return this.allOf(schema.allOf, depth);
    const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
    if (!types) return fc.jsonValue({ maxDepth: 2 });
    return fc.oneof(...types.map((type) => this.ofType(type, schema, depth)));
  }

  private ofType(type: string, schema: Schema, depth: number): fc.Arbitrary<unknown> {
    switch (type) {
      case 'null':
        return fc.constant(null);
      case 'boolean':
        return fc.boolean();
      case 'integer':
        return integer(schema);
      case 'number':
        return fc.oneof(integer(schema), number(schema));
      case 'string':
        return text(schema);
      case 'array':
        return this.array(schema, depth);
      case 'object':
        return this.object(schema, depth);
      default:
        throw new Error(`no values are known for the type ${type}`);
    }
  }

  private array(
    { items = {}, minItems = 0, maxItems = ITEMS_MAX }: Schema,
    depth: number,
  ): fc.Arbitrary<unknown> {
    const maxLength = depth > DEPTH_MAX ? minItems : Math.max(minItems, Math.min(maxItems, ITEMS_MAX));
    return fc.array(this.of(items, depth + 1), { minLength: minItems, maxLength });
  }

  private object(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const {
      properties = {},
      required = [],
      additionalProperties = Object.keys(properties).length === 0,
    } = schema;
    const members = Object.entries(properties).filter(
      ([name]) => depth <= DEPTH_MAX || required.includes(name),
    );
    const whole = fc.record(
      Object.fromEntries(members.map(([name, member]) => [name, this.of(member, depth + 1)])),
    );
    const optional = members.map(([name]) => name).filter((name) => !required.includes(name));
    const listed = fc
      .tuple(whole, fc.subarray(optional))
      .map(([all, left]) => Object.fromEntries(Object.entries(all).filter(([name]) => !left.includes(name))));
    if (additionalProperties === false || depth > DEPTH_MAX) return listed;
    const name = schema.propertyNames ? this.of(schema.propertyNames) : fc.string({ maxLength: 12 });
    const value =
      additionalProperties === true
        ? (fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<unknown>)
        : this.of(additionalProperties, depth + 1);
    const others = fc.dictionary(name as fc.Arbitrary<string>, value, {
      maxKeys: ITEMS_MAX,
      noNullPrototype: true,
    });
    return fc.tuple(others, listed).map(([more, own]) => ({ ...more, ...own }));
  }

  private allOf(parts: readonly Schema[], depth: number): fc.Arbitrary<unknown> {
    return fc
      .tuple(...parts.map((part) => this.of(part, depth)))
      .map((values) => Object.assign({}, ...(values as object[])) as unknown);
  }
}

function integer({ minimum = -1_000_000, maximum = 1_000_000 }: Schema): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: Math.ceil(minimum), max: Math.min(Math.floor(maximum), 2 ** 31 - 1) }),
    fc.constantFrom(Math.ceil(minimum), Math.floor(maximum)),
  );
}

function number({ minimum = -1e6, maximum = 1e6 }: Schema): fc.Arbitrary<number> {
  return fc.double({ min: minimum, max: maximum, noNaN: true, noDefaultInfinity: true });
}

function text({ format, pattern, minLength = 0, maxLength = TEXT_MAX }: Schema): fc.Arbitrary<string> {
  const known = format === undefined ? undefined : FORMATS[format];
  if (known) return known;
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength, TEXT_MAX)),
    unit: 'binary',
  });
}
