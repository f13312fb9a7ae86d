import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { openTenant } from "./operate/open-tenant.ts";
import { answerWhy } from "./operate/why/answer-why.ts";
import { renderWhy, renderWhyJson } from "./operate/why/render-why.ts";
import { parseSubject } from "./operate/why/subject.ts";
import { wrongUse } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run({ options, word, directory, processEnv }: Invocation<"why">): Promise<number> {
  const subject = parseSubject(word);
  const choice = { limit: readLimit(options.limit), all: options.all };
  const { connection } = await openTenant({ directory, name: options.env, processEnv });
  const answer = await answerWhy(connection, subject, choice);
  console.log(options.json ? renderWhyJson(answer) : renderWhy(answer, createPaint(process.stdout)));
  return EXIT.success;
}

function readLimit(text = "3"): number {
  if (/^([1-9]|[1-4]\d|50)$/.test(text)) return Number(text);
  throw wrongUse("--limit takes a number from 1 to 50.");
}
