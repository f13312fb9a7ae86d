import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { renderProgress } from "./deploy/render-progress.ts";
import { parseHosts } from "./local/parse-hosts.ts";
import { rehearse } from "./rehearse/rehearse.ts";
import { renderRows } from "./rehearse/render.ts";
import { renderRowsJson } from "./rehearse/render-json.ts";
import { isRight } from "./rehearse/row.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run({ options, directory }: Invocation<"rehearse">): Promise<number> {
  const progress = createPaint(process.stderr);
  const rows = await rehearse({
    directory,
    hosts: parseHosts(options.host),
    onProgress: (line) => {
      const text = renderProgress(line, progress);
      if (text !== undefined) console.error(text);
    },
    onLogin: (row) => console.error(`${isRight(row) ? "logged in" : progress("red", "wrong")}: ${row.name}`),
  });
  console.log(options.json ? renderRowsJson(rows) : `\n${renderRows(rows, createPaint(process.stdout))}`);
  return rows.every(isRight) ? EXIT.success : EXIT.failure;
}
