import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { declareTypes } from "./declare-types.ts";

/** What stands behind each import of the package. */
const ENTRIES = ["index", "express", "fastify", "authorizer", "webhooks", "portal"] as const;
const NAME = "auth0-stripe-gateway";
/** Packages that it imports; everything else is in it. */
const OUTSIDE = ["stripe"] as const;
/** What only the portal imports: whoever serves one installs it. */
const OF_THE_PORTAL = ["auth0"] as const;

export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * The middlewares and the decision as a package of ES modules with types, without anything of the tools around them.
 *
 * @param tool this repository
 * @param folder is made anew
 */
export async function buildPackage(tool: string, folder: string): Promise<PackageManifest> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const manifest = await planManifest(tool);
  await build({
    absWorkingDir: tool,
    entryPoints: ENTRIES.map((name) => `gateways/package/${name}.ts`),
    outdir: folder,
    bundle: true,
    // What two of them use is in one file, and is loaded once.
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: [...OUTSIDE, ...OF_THE_PORTAL],
    legalComments: "none",
    logLevel: "error",
  });
  await declareTypes(tool, ENTRIES, join(folder, "types"));
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const readme = await readFile(join(tool, "gateways/package/README.md"), "utf8");
  await writeFile(join(folder, "README.md"), readme.replaceAll("{{name}}", NAME));
  await cp(join(tool, "LICENSE"), join(folder, "LICENSE"));
  return manifest;
}

async function planManifest(tool: string): Promise<PackageManifest> {
  const own = JSON.parse(await readFile(join(tool, "package.json"), "utf8")) as PackageManifest & {
    readonly license: string;
    readonly engines: object;
  };
  const versionsOf = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, own.dependencies[name] ?? ""]));
  const manifest = {
    name: NAME,
    version: own.version,
    description:
      "Checks Auth0's access tokens, asks Stripe whether they are paid for, and counts usage: Express and Fastify.",
    license: own.license,
    type: "module",
    engines: own.engines,
    exports: Object.fromEntries(
      ENTRIES.map((name) => [
        name === "index" ? "." : `./${name}`,
        { types: `./types/gateways/package/${name}.d.ts`, default: `./${name}.js` },
      ]),
    ),
    // The versions that the tests ran with.
    dependencies: versionsOf(OUTSIDE),
    peerDependencies: versionsOf(OF_THE_PORTAL),
    peerDependenciesMeta: Object.fromEntries(OF_THE_PORTAL.map((name) => [name, { optional: true }])),
  };
  return manifest;
}
