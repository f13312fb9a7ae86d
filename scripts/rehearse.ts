import { join } from "node:path";
import { EXIT, runCommand } from "./command.ts";
import { renderProgress } from "./deploy/render-progress.ts";
import { rehearse } from "./rehearse/rehearse.ts";
import { renderRows, renderRowsJson } from "./rehearse/render.ts";
import { isRight } from "./rehearse/row.ts";
import { readOptions } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";

const usage = `Usage: npm run rehearse -- [--json]

Starts a fresh tenant on this machine, builds, deploys to it with the Deploy CLI as \`npm run deploy\` does, and prints what
the tenant then holds. It needs no credentials: the values are those of .env.example. Nothing is left running.

  --json  print one line of JSON ({"rows":[{"name":...,"ok":true,...}]}) and nothing else: npm run --silent rehearse -- --json

Exits 0 when every row is right, 1 when one is not, 2 on wrong use.`;

await runCommand(async () => {
  const options = readOptions(usage, { json: { type: "boolean" } });
  if (options === undefined) return EXIT.success;
  const progress = createPaint(process.stderr);
  const rows = await rehearse({
    directory: join(import.meta.dirname, ".."),
    onProgress: (line) => {
      const text = renderProgress(line, progress);
      if (text !== undefined) console.error(text);
    },
  });
  console.log(options.json === true ? renderRowsJson(rows) : `\n${renderRows(rows, createPaint(process.stdout))}`);
  return rows.every(isRight) ? EXIT.success : EXIT.failure;
});
