import { html } from "hono/html";
import type { Markup } from "../../http/html-page.ts";

const KEYWORDS = [
  "async|await|break|case|catch|class|const|continue|default|delete|do|else|export|extends|finally|for|from|function|if",
  "import|in|instanceof|let|new|of|return|static|super|switch|this|throw|try|typeof|var|void|while|with|yield",
  "false|null|true|undefined",
].join("|");

/** What colours a part of the code; a regular expression with a quote in it is coloured wrong, and shown right. */
const PARTS = new RegExp(
  [
    String.raw`(?<comment>//[^\n]*|/\*[\s\S]*?\*/)`,
    String.raw`(?<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\x60(?:\\.|[^\x60\\])*\x60)`,
    String.raw`(?<keyword>(?<![\w$.])(?:${KEYWORDS})(?![\w$]))`,
    String.raw`(?<figure>(?<![\w$])\d[\w.]*)`,
  ].join("|"),
  "g",
);

/** JavaScript with its comments, texts, keywords and numbers marked. */
export function highlight(code: string): Markup {
  const parts: (Markup | string)[] = [];
  let end = 0;
  for (const match of code.matchAll(PARTS)) {
    const [kind, text] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? ["", ""];
    parts.push(code.slice(end, match.index), html`<span class="${kind}">${text}</span>`);
    end = match.index + match[0].length;
  }
  return html`${[...parts, code.slice(end)]}`;
}
