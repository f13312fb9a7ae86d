import { wrap } from "../terminal/wrap.ts";

const LONGEST_TITLE = 60;

/**
 * What something between has answered in the tenant's place (a proxy, a firewall, a portal that wants a login first), in a few
 * words: `the content type text/html ("Just a moment...")`. The page itself is long, and may repeat what it was sent.
 */
export function describePage(type: string | null, text: string): string {
  const [name = ""] = (type ?? "").split(";");
  const title =
    /<title[^>]*>([^<]*)/i
      .exec(text)?.[1]
      ?.replaceAll(/[\s\p{C}]+/gu, " ")
      .trim() ?? "";
  const [line = ""] = wrap(title.split(" "), LONGEST_TITLE).split("\n");
  const words = line.slice(0, LONGEST_TITLE);
  const named = words === "" ? "" : ` ("${words}${words === title ? "" : "…"}")`;
  return `the content type ${name.trim() || "of nothing"}${named}`;
}
