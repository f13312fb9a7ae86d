import { createRequire } from "node:module";
import { join } from "node:path";
import { isMapping } from "../../tenant/shape.ts";
import { createCheckedFetch } from "../check-answer.ts";
import { createRetryingFetch } from "../retrying-fetch.ts";
import type { CliFailure, DeployReply, DeployRequest } from "./messages.ts";
import { slimSchema } from "./slim-schema.ts";

/**
 * A process of its own for the Deploy CLI: its configuration is global, so one deploy a process, and Node reads
 * NODE_EXTRA_CA_CERTS only when a process starts. It takes one DeployRequest, and ends when its parent does.
 * It is started from memory (start-child.ts), in the project's folder.
 */
const require = createRequire(join(process.cwd(), "package.json"));

type Deploy = (options: {
  readonly input_file: object;
  readonly base_path: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly env: boolean;
}) => Promise<unknown>;

process.once("message", (request: DeployRequest) => {
  run(request).then(
    () => answer({ kind: "done", peakMemory: peakMemory() }),
    (error: unknown) => answer({ kind: "failed", failure: describe(error), peakMemory: peakMemory() }),
  );
});
// Without its parent nobody would know what this process does to the tenant.
process.once("disconnect", () => process.exit(1));

async function run({ document, directory, domain, accessToken, retryPolicy }: DeployRequest): Promise<void> {
  globalThis.fetch = createDecidedFetch(createCheckedFetch(createRetryingFetch(retryPolicy, globalThis.fetch)));
  const types = Object.keys(document);
  const slim = slimSchema(() => require("auth0-deploy-cli/lib/tools/auth0/schema"), types);
  if (slim.kind === "unchanged") {
    const text = `auth0-deploy-cli has changed inside (${slim.reason}), so it compiles its full schema: 20 s and 2 GB more.`;
    process.send?.({ kind: "note", text } satisfies DeployReply);
  }
  keepScripts();
  const { deploy } = require("auth0-deploy-cli") as { deploy: Deploy };
  await deploy({
    input_file: document,
    base_path: directory,
    config: {
      AUTH0_DOMAIN: domain,
      AUTH0_ACCESS_TOKEN: accessToken,
      AUTH0_INCLUDED_ONLY: types,
      // A boolean: the Deploy CLI takes the text "false" for true in one of two places.
      AUTH0_ALLOW_DELETE: false,
    },
    // With it every environment variable would be a keyword, inside bundles too.
    env: false,
  });
}

/** A database's scripts are in the document, keywords and all: the Deploy CLI would look for files of that name. */
function keepScripts(): void {
  interface Assets {
    readonly databases?: readonly { readonly options?: object }[];
  }
  const { default: databases } = require("auth0-deploy-cli/lib/context/yaml/handlers/databases") as {
    readonly default: { parse(context: { readonly assets: Assets }): Promise<object> };
  };
  databases.parse = async ({ assets }) => ({
    // Its next steps count on options.
    databases: assets.databases?.map((database) => ({ ...database, options: database.options ?? {} })) ?? null,
  });
}

/**
 * Left alone, the CLI's SDK waits a minute for an answer and sends a request whose answer was lost up to ten times more, a
 * POST too, which leaves two clients of one name. What may be repeated was repeated by then: a 5xx is a lost answer, and a
 * lost answer ends the CLI's work, so that the parent looks at the tenant before it goes on.
 */
function createDecidedFetch(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await send(input, init);
    if (response.status < 500) return response;
    throw new TypeError(`fetch failed: the tenant answered ${response.status}`);
  };
}

/** Bytes. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

function answer(reply: DeployReply): void {
  // Exiting before the message is written would lose it.
  process.send?.(reply, () => process.disconnect());
}

function describe(error: unknown): CliFailure {
  const type = isMapping(error) ? error.type : undefined;
  return {
    message: error instanceof Error ? error.message : String(error),
    ...(typeof type === "string" && { type }),
  };
}
