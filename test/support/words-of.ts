import type { Page } from "../../local/http/browser.ts";

/** What stands on a page, a line a heading, label, button or paragraph. */
export const wordsOf = ({ text }: Pick<Page, "text">): readonly string[] =>
  text
    .slice(text.indexOf("<main"))
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
