import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

const SCHEMAS = join(import.meta.dirname, '..', '..', 'schemas');

const validators = new Map<string, ValidateFunction>();

/** Holds a document against one of the published JSON Schemas, or against a `part` of it, such as `#/$defs/event`. */
export async function expectSchema(name: string, document: unknown, part = '#'): Promise<void> {
  const validate = validators.get(name + part) ?? (await validatorOf(name, part));
  validators.set(name + part, validate);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
}

async function validatorOf(name: string, part: string): Promise<ValidateFunction> {
  const schema: object = JSON.parse(await readFile(join(SCHEMAS, name), 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false }).addSchema(schema, name);
  return ajv.compile({ $ref: `${name}${part}` });
}
