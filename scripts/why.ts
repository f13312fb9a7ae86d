import { join } from "node:path";
import { CommandError, EXIT, runCommand } from "./command.ts";
import { openTenant } from "./operate/open-tenant.ts";
import { answerWhy } from "./operate/why/answer-why.ts";
import { renderWhy, renderWhyJson } from "./operate/why/render-why.ts";
import { parseSubject } from "./operate/why/subject.ts";
import { readOptions } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";

const USAGE = `Usage: npm run why -- <email | phone number | user id | log id> [--limit <number>] [--env <name>] [--json]

Says why a login was denied: the entry in the tenant's log, the Actions that ran, how long each took, what it printed. Of a
user it shows the newest failed logins. Email addresses of others, keys and tokens are not shown. Sends nothing but reads;
the client needs read:logs and read:actions.

  --limit <number>  this many failed logins of a user, up to 50; 3 without it
  --env <name>      use environments/<name>.env as well
  --json            print it as JSON, and nothing else

Exits 0 also when no login failed, 1 when there is no such entry, 2 on wrong use or without the scope.`;

await runCommand(async () => {
  const options = readOptions(
    USAGE,
    { limit: { type: "string" }, env: { type: "string" }, json: { type: "boolean" } },
    { word: "Say whose login, or which entry." },
  );
  if (options === undefined) return EXIT.success;
  const subject = parseSubject(options.word);
  const limit = readLimit(options.limit);
  const { connection } = await openTenant(join(import.meta.dirname, ".."), options.env);
  const answer = await answerWhy(connection, subject, limit);
  console.log(options.json ? renderWhyJson(answer) : renderWhy(answer, createPaint(process.stdout)));
  return EXIT.success;
});

function readLimit(text = "3"): number {
  if (/^([1-9]|[1-4]\d|50)$/.test(text)) return Number(text);
  throw new CommandError("USAGE", `--limit takes a number from 1 to 50.\n\n${USAGE}`, { exitCode: EXIT.usage });
}
