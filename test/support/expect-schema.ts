import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

const SCHEMAS = join(import.meta.dirname, '..', '..', 'schemas');

/** Holds a document against one of the published JSON Schemas, or against one of the definitions in it. */
export async function expectSchema(
  name: string,
  document: unknown,
  definition?: string,
): Promise<void> {
  const schema: object = JSON.parse(await readFile(join(SCHEMAS, name), 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false }).addSchema(schema, name);
  const part = definition === undefined ? '' : `#/$defs/${definition}`;
  const validate = ajv.compile({ $ref: `${name}${part}` });
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
}
