import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMapping } from "../../tenant/shape.ts";
import type { Config, ContextModule, ReadingTools, Sections } from "./deploy-cli-modules.ts";
import type { LoadRequest, ReadRequest, RefusedRead, Unread } from "./messages.ts";
import { createNeededFetch } from "./needed-fetch.ts";
import { passOverUnreadable } from "./pass-over.ts";

export interface Read {
  readonly sections: Sections;
  readonly unread: readonly Unread[];
  readonly refused: readonly RefusedRead[];
}

/** An export into a folder that is gone afterwards, read back as an import would read it: names in the place of ids. */
export async function readSections(
  { sections, promptParts, passesOver }: ReadRequest,
  access: Config,
  { setupContext }: ContextModule,
  loadTools: () => ReadingTools,
): Promise<Read> {
  const folder = await mkdtemp(join(tmpdir(), "tenant-export-"));
  try {
    const file = join(folder, "tenant.yaml");
    const config: Config = {
      ...access,
      AUTH0_INPUT_FILE: file,
      AUTH0_BASE_PATH: folder,
      AUTH0_INCLUDED_ONLY: sections,
    };
    const unread = passesOver ? passOverUnreadable(loadTools()) : [];
    globalThis.fetch = createNeededFetch(globalThis.fetch, promptParts);
    const refused = watchForRefusals();
    const context = await setupContext(config, "export");
    await context.dump().catch((error: unknown) => {
      throw new Error(describeFailure(error, refused), { cause: error });
    });
    return { sections: await load(config, sections, setupContext), unread, refused };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Names in it stand for ids already, so that nobody is asked for anything. */
export async function loadFolder({ folder, sections }: LoadRequest, { setupContext }: ContextModule): Promise<Read> {
  globalThis.fetch = async () => Response.json({ start: 0, limit: 0, length: 0, total: 0, clients: [] });
  const nobody = { AUTH0_DOMAIN: "export.invalid", AUTH0_ACCESS_TOKEN: "none" };
  const config: Config = { ...nobody, AUTH0_INPUT_FILE: folder, AUTH0_INCLUDED_ONLY: sections };
  return { sections: await load(config, sections, setupContext), unread: [], refused: [] };
}

async function load(
  config: Config,
  sections: readonly string[],
  setupContext: ContextModule["setupContext"],
): Promise<Sections> {
  const context = await setupContext(config, "import");
  // Without replacing keywords the schema is not looked at either: the export is the Deploy CLI's own.
  await context.loadAssetsFromLocal({ disableKeywordReplacement: true });
  return Object.fromEntries(sections.map((section) => [section, context.assets[section]]));
}

/** The Deploy CLI takes a refusal of some kinds for a tenant that has none of them. */
function watchForRefusals(): readonly RefusedRead[] {
  const refused: RefusedRead[] = [];
  const send = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await send(input, init);
    if (response.ok) return response;
    const { pathname } = new URL(input instanceof Request ? input.url : String(input));
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    const message = isMapping(body) && typeof body.message === "string" ? body.message : "no reason";
    refused.push({ path: pathname.replace("/api/v2", ""), status: response.status, message });
    return response;
  };
  return refused;
}

/** What the Deploy CLI says of a refusal rarely has the request. */
function describeFailure(error: unknown, refused: readonly RefusedRead[]): string {
  const reads = refused.map(({ path, status, message }) => `GET ${path}: ${status} ${message}`);
  return [...new Set([...reads, error instanceof Error ? error.message : String(error)])].join("\n");
}
