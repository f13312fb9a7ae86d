import { createRequire } from "node:module";
import { join } from "node:path";

/** What the Deploy CLI itself reads with, whichever version it brings. */
const requireOfCli = createRequire(
  createRequire(join(import.meta.dirname, "deploy-cli.ts")).resolve("auth0-deploy-cli"),
);

/** @throws what js-yaml throws: YAMLException */
export function parseAsDeployCli(text: string): unknown {
  const { load } = requireOfCli("js-yaml") as { readonly load: (text: string) => unknown };
  // An empty file is nothing to both parsers, under two names.
  return load(text) ?? null;
}
