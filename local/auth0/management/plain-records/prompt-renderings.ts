import type { TenantState } from "../../state/tenant-state.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { FIELDS_QUERY, PAGE_QUERY, selectFields, slicePage } from "../paging.ts";
import { type Fields, isFields } from "./fields.ts";

interface RenderingConfig extends Fields {
  readonly prompt: string;
  readonly screen: string;
}

const PATH = /^\/prompts\/([^/]+)\/screen\/([^/]+)\/rendering$/;

/** How screens are rendered, those that were changed: the settings of prompts/:prompt/screen/:screen/rendering in one list. */
export const promptRenderings: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/prompts/rendering",
    scopes: ["read:prompts"],
    query: {
      ...PAGE_QUERY,
      ...FIELDS_QUERY,
      prompt: { type: "string" },
      screen: { type: "string" },
      rendering_mode: { type: "string" },
    },
    handle: ({ query }) => {
      const all = listRenderings(state).filter((config) =>
        (["prompt", "screen", "rendering_mode"] as const).every(
          (name) => query[name] === undefined || config[name] === query[name],
        ),
      );
      const { rows: found, start, limit } = slicePage(all, query);
      const rows = found.map((config) => selectFields(config, query));
      return ok(query.include_totals === true ? { configs: rows, start, limit, total: all.length } : rows);
    },
  }),
  endpoint<{ readonly configs: readonly RenderingConfig[] }>({
    method: "PATCH",
    path: "/prompts/rendering",
    scopes: ["update:prompts"],
    body: "BulkUpdateAculRequestContent",
    handle: ({ body: { configs } }) => {
      for (const { prompt, screen, ...value } of configs) {
        const path = `/prompts/${prompt}/screen/${screen}/rendering`;
        state.settingRecords.set(path, { path, value });
      }
      return ok({ configs });
    },
  }),
];

function listRenderings({ settingRecords }: Pick<TenantState, "settingRecords">): readonly Fields[] {
  return settingRecords.values().flatMap(({ path, value }) => {
    const [, prompt, screen] = PATH.exec(path) ?? [];
    return prompt === undefined || !isFields(value) ? [] : [{ prompt, screen, ...value }];
  });
}
