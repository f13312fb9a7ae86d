import { createRequire } from "node:module";
import { join } from "node:path";

/** What the Deploy CLI itself reads with, whichever version it brings. */
const requireOfCli = createRequire(
  createRequire(join(import.meta.dirname, "deploy-cli.ts")).resolve("auth0-deploy-cli"),
);

/** @throws {YAMLException} js-yaml's */
export function parseAsDeployCli(text: string): unknown {
  const { load } = requireOfCli("js-yaml") as { readonly load: (text: string) => unknown };
  // An empty file is nothing to both parsers, under two names.
  return load(text) ?? null;
}

/** What the Deploy CLI's validator (ajv 6) says of one value. */
export interface SchemaError {
  readonly keyword: string;
  /** RFC 6901. */
  readonly dataPath: string;
  readonly params: unknown;
  /** Of an error in a name of a mapping. */
  readonly propertyName?: string;
  readonly message?: string;
  readonly parentSchema?: unknown;
}

export type ValidateSchema = ((value: unknown) => boolean) & { readonly errors?: readonly SchemaError[] | null };

type Compile = { compile(schema: unknown): ValidateSchema };

let validator: Compile | undefined;

/**
 * All that is wrong at once, and nothing filled in: the Deploy CLI's own use of it adds defaults to what it checks. The
 * schemas are data of ours: they are not checked by JSON schema's own, which would be compiled first.
 */
export function compileSchema(schema: unknown): ValidateSchema {
  const Ajv = requireOfCli("ajv") as new (options: object) => Compile;
  validator ??= new Ajv({
    allErrors: true,
    jsonPointers: true,
    verbose: true,
    meta: false,
    validateSchema: false,
  });
  return validator.compile(schema);
}
