import { parseEnv } from "node:util";
import { readOptionalFile } from "./environment-files.ts";
import type { Environment } from "./read-environment.ts";

/** What the repository has in the open. */
export const readExample = (directory: string): Promise<Environment> => readFiles(directory, [".env.example"]);

/** For a checkout that nobody set values for: those of .env.example, then .env's. */
export const readCheckoutValues = (directory: string): Promise<Environment> =>
  readFiles(directory, [".env.example", ".env"]);

async function readFiles(directory: string, names: readonly string[]): Promise<Environment> {
  const files = await Promise.all(names.map((name) => readOptionalFile(directory, name)));
  const values = files.flatMap((text) => Object.entries(parseEnv(text ?? "")));
  return Object.fromEntries(
    values.filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ""),
  );
}
