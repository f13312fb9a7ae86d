import { join } from "node:path";
import { build } from "esbuild";
import type { GatewayModel, RenderedFile } from "../../gateways/model/gateway-model.ts";

/**
 * The plugin as one CommonJS file, which is what Express Gateway loads, and what it reads beside it.
 *
 * @param rulesFile stripe.json as it was read, or without scopes where gateways do not ask about payment
 */
export async function bundlePlugin(model: GatewayModel, rulesFile: unknown): Promise<readonly RenderedFile[]> {
  const { outputFiles } = await build({
    absWorkingDir: join(import.meta.dirname, "../../gateways"),
    entryPoints: ["express-gateway/plugin/plugin.ts"],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    define: { "import.meta.dirname": "__dirname" },
    legalComments: "none",
    logLevel: "error",
    write: false,
  });
  const { issuer, audience, jwksUrl, scopeClaim } = model;
  return [
    { path: "plugin/index.js", text: outputFiles[0]?.text ?? "" },
    // The folder is CommonJS whatever the one around it is.
    { path: "plugin/package.json", text: renderJson({ private: true, type: "commonjs" }) },
    { path: "plugin/settings.json", text: renderJson({ issuer, audience, jwksUrl, scopeClaim }) },
    { path: "plugin/routes.json", text: renderJson({ routes: model.routes.map(toEntry) }) },
    { path: "plugin/stripe.json", text: renderJson(rulesFile) },
  ];
}

const toEntry = ({ method, path, scopes, metered }: GatewayModel["routes"][number]) => ({
  method,
  path,
  ...(scopes === undefined ? { public: true } : { scope: scopes }),
  ...(metered !== undefined && { metered }),
});

const renderJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
