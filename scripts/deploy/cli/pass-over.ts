import { isMapping } from "../../tenant/shape.ts";
import type { Loader, ReadingTools } from "./deploy-cli-modules.ts";
import type { Unread } from "./messages.ts";

const NOT_SHOWN: readonly number[] = [401, 402, 403, 429];

/**
 * Has the Deploy CLI read the other sections where one cannot be read. Left alone, it ends at the first; and takes some refusals for
 * a tenant that has nothing of the sort.
 *
 * @returns what could not be read; complete when the export is
 */
export function passOverUnreadable({ Auth0 }: ReadingTools): readonly Unread[] {
  const unread: Unread[] = [];
  let refusals: Unread[] = [];
  let section = "";
  const send = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await send(input, init).catch((error: Error) => {
      if (/the tenant answered \d+/.test(error.message)) refusals.push({ section, reason: error.message });
      throw error;
    });
    // Other refusals are answers too: what there is none of, or what cannot be asked of some entry.
    if (NOT_SHOWN.includes(response.status)) refusals.push({ section, ...(await describe(response)) });
    return response;
  };
  async function load(this: Loader): Promise<void> {
    for (const handler of this.handlers) {
      section = handler.type;
      refusals = [];
      try {
        const loaded = await handler.load();
        const lacking = refusals.filter(({ scopes }) => scopes !== undefined);
        // A part of the section is missing, so that an empty list in it means nothing.
        this.assets = { ...this.assets, ...(lacking.length === 0 ? loaded : { [section]: null }) };
        unread.push(...refusals);
      } catch (error) {
        const [reason] = refusals;
        // Nobody answered: the others would not be read either.
        if (reason === undefined) throw error;
        unread.push(reason);
        this.assets = { ...this.assets, [section]: null };
      }
    }
    section = "";
    refusals = [];
  }
  // Sections that were read need no request more while they are written to files.
  Object.assign(Auth0.prototype, { loadAssetsFromAuth0: load });
  return unread;
}

async function describe(response: Response): Promise<Omit<Unread, "section">> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const said = isMapping(body) && typeof body.message === "string" ? body.message : "";
  const scopes = /insufficient scope, expected any of: ([\w:, ]+)/i.exec(said)?.[1];
  return {
    reason: `${response.status} ${said}`.trim(),
    ...(scopes !== undefined && { scopes: scopes.split(/[ ,]+/).filter(Boolean) }),
  };
}
