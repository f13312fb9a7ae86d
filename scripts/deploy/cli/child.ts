import { createRequire } from "node:module";
import { join } from "node:path";
import { isMapping } from "../../tenant/shape.ts";
import { createCheckedFetch } from "../check-answer.ts";
import { createRetryingFetch } from "../retrying-fetch.ts";
import type { Config, ContextModule, ReadingTools, Sections } from "./deploy-cli-modules.ts";
import { createJournalingFetch } from "./journal-fetch.ts";
import type { Access, CliFailure, CliReply, CliRequest, WriteRequest } from "./messages.ts";
import { loadFolder, type Read, readSections } from "./read-in-child.ts";
import { replacePool } from "./replace-pool.ts";
import { slimSchema } from "./slim-schema.ts";
import { createWholeListFetch } from "./whole-list-fetch.ts";

/**
 * A process of its own for the Deploy CLI: its configuration is global, so one task a process, and Node reads
 * NODE_EXTRA_CA_CERTS only when a process starts. It takes one CliRequest, and ends when its parent does.
 * It is started from memory (start-child.ts), in the project's folder.
 */
const require = createRequire(join(process.cwd(), "package.json"));

interface ToolsModule {
  deploy(assets: Sections, client: unknown, config: (key: string) => unknown): Promise<unknown>;
}

const contextModule = () => require("auth0-deploy-cli/lib/context") as ContextModule;

process.once("message", (request: CliRequest) => {
  work(request).then(
    (read) => answer({ kind: "done", ...read, peakMemory: peakMemory() }),
    (error: unknown) => answer({ kind: "failed", failure: describe(error), peakMemory: peakMemory() }),
  );
});

async function work(request: CliRequest): Promise<Read> {
  if (request.task === "load") return loadFolder(request, contextModule());
  const access = openAccess(request);
  if (request.task === "read") {
    return readSections(request, access, contextModule(), () => require("auth0-deploy-cli/lib/tools") as ReadingTools);
  }
  await writeSections(request, access);
  return { sections: {}, unread: [], refused: [] };
}

function openAccess({ domain, accessToken, retryPolicy }: Access): Config {
  globalThis.fetch = createJournalingFetch(
    createWholeListFetch(createDecidedFetch(createCheckedFetch(createRetryingFetch(retryPolicy, globalThis.fetch)))),
    (request) => tell({ kind: "request", request }),
  );
  replacePool(require.resolve("auth0-deploy-cli"));
  return { AUTH0_DOMAIN: domain, AUTH0_ACCESS_TOKEN: accessToken };
}

// Without its parent nobody would know what this process does to the tenant.
process.once("disconnect", () => process.exit(1));

/** The files of sections were read by the parent, so the Deploy CLI's own loading, which takes names of files, is left out. */
async function writeSections({ document }: WriteRequest, access: Config): Promise<void> {
  const types = Object.keys(document);
  const slim = slimSchema(() => require("auth0-deploy-cli/lib/tools/auth0/schema"), types);
  if (slim.kind === "unchanged") {
    const text = `auth0-deploy-cli has changed inside (${slim.reason}), so it compiles its full schema: 20 s and 2 GB more.`;
    process.send?.({ kind: "note", text } satisfies CliReply);
  }
  const { deploy } = require("auth0-deploy-cli/lib/tools") as ToolsModule;
  const config: Config = {
    ...access,
    AUTH0_INPUT_FILE: document,
    AUTH0_BASE_PATH: process.cwd(),
    AUTH0_INCLUDED_ONLY: types,
    // A boolean: the Deploy CLI takes the text "false" for true in one of two places.
    AUTH0_ALLOW_DELETE: false,
  };
  const { mgmtClient } = await contextModule().setupContext(config, "import");
  await deploy(withOptions(document), mgmtClient, (key) => config[key]);
}

/** The Deploy CLI's own loading gives every database options, and its handler counts on them. */
function withOptions(document: Sections): Sections {
  if (!Array.isArray(document.databases)) return document;
  return { ...document, databases: document.databases.map((database) => ({ options: {}, ...database })) };
}

/**
 * Left alone, the CLI's SDK waits a minute for an answer and sends a request whose answer was lost up to ten times more, a
 * POST too, which leaves two clients of one name. What may be repeated was repeated by then: a 5xx is a lost answer, and a
 * lost answer ends the CLI's work, so that the parent looks at the tenant before it goes on. So does a rate limit that was waited
 * out as long as there is sense in it.
 */
function createDecidedFetch(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await send(input, init);
    if (response.status < 500 && response.status !== 429) return response;
    const { pathname } = new URL(input instanceof Request ? input.url : String(input));
    const reason = response.status === 429 ? " Too Many Requests" : "";
    throw new TypeError(
      `fetch failed: ${init?.method ?? "GET"} ${pathname}: the tenant answered ${response.status}${reason}`,
    );
  };
}

/** Bytes. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

function tell(reply: CliReply): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.send === undefined) throw new Error("nobody listens");
    process.send(reply, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}

function answer(reply: CliReply): void {
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
