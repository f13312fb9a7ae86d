import { join } from "node:path";
import { EXIT, runCommand } from "./command.ts";
import { renderProgress } from "./deploy/render-progress.ts";
import { rehearse } from "./rehearse/rehearse.ts";
import { renderRows } from "./rehearse/render.ts";
import { renderRowsJson } from "./rehearse/render-json.ts";
import { isRight } from "./rehearse/row.ts";
import { readOptions } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";

const USAGE = `Usage: npm run rehearse -- [--json]

Starts a fresh tenant and a fresh Stripe account on this machine, builds, deploys as \`npm run deploy\` does, and prints what
the tenant then holds. Then people sign up and log in there: for each it prints which Actions ran, which Stripe customer
they have and what their token says, all of it compared with what must be. It needs no credentials: the values are those of
.env.example. Nothing is left running.

  --json  print one line of JSON ({"rows":[{"name":...,"ok":true,...}]}) and nothing else: npm run --silent rehearse -- --json

Exits 0 when every row is right, 1 when one is not, 2 on wrong use.`;

await runCommand(async () => {
  const options = readOptions(USAGE, { json: { type: "boolean" } });
  if (options === undefined) return EXIT.success;
  const progress = createPaint(process.stderr);
  const rows = await rehearse({
    directory: join(import.meta.dirname, ".."),
    onProgress: (line) => {
      const text = renderProgress(line, progress);
      if (text !== undefined) console.error(text);
    },
    onLogin: (row) => console.error(`${isRight(row) ? "logged in" : progress("red", "wrong")}: ${row.name}`),
  });
  console.log(options.json === true ? renderRowsJson(rows) : `\n${renderRows(rows, createPaint(process.stdout))}`);
  return rows.every(isRight) ? EXIT.success : EXIT.failure;
});
