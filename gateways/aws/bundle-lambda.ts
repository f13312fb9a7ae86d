import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { parseBillingRules } from "../authorizer/billing/rules.ts";
import { parseRoutes } from "../authorizer/routes/route.ts";

export interface BundleOptions {
  /** routes.yaml and stripe.json as they were read. */
  readonly routesFile: unknown;
  readonly rulesFile: unknown;
}

/**
 * The Lambda authorizer as one CommonJS file, with routes and prices compiled in: a change of those is a deploy of the
 * function, and nothing is read at a cold start.
 *
 * @throws {ConfigurationError} when one of the files cannot be used
 */
export async function bundleLambda({ routesFile, rulesFile }: BundleOptions): Promise<string> {
  parseRoutes(routesFile);
  parseBillingRules(rulesFile);
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "lambda.ts")],
    write: false,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "none",
    logLevel: "silent",
    plugins: [provideConfiguration({ routesFile, rulesFile })],
  });
  return outputFiles[0]?.text ?? "";
}

function provideConfiguration({ routesFile, rulesFile }: BundleOptions): Plugin {
  return {
    name: "gateway-configuration",
    setup(build) {
      build.onResolve({ filter: /^gateway:configuration$/ }, ({ path }) => ({ path, namespace: "gateway" }));
      build.onLoad({ filter: /.*/, namespace: "gateway" }, () => ({
        contents: `export const routesFile = ${JSON.stringify(routesFile)};\nexport const rulesFile = ${JSON.stringify(rulesFile)};`,
      }));
    },
  };
}
