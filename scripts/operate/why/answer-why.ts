import type { TenantConnection } from "../../deploy/connect.ts";
import { explainEntry } from "./explain-entry.ts";
import { createMask } from "./mask.ts";
import { type Choice, readLog } from "./read-log.ts";
import type { Answer } from "./render-why.ts";
import type { Subject } from "./subject.ts";

/** @throws {CommandError} of reading the log */
export async function answerWhy(
  { domain, management }: Pick<TenantConnection, "domain" | "management">,
  subject: Subject,
  choice: Choice,
): Promise<Answer> {
  const { entries, lastSuccess } = await readLog(management, subject, choice);
  const mask = createMask(subject.kind === "user" ? subject.value : "");
  const explanations = entries.map(({ entry, executions, unread }) => {
    const explanation = explainEntry(entry, executions, mask);
    return { ...explanation, notes: [...explanation.notes, ...describeUnread(unread)] };
  });
  return { domain, all: choice.all, explanations, lastSuccess };
}

function describeUnread([status]: readonly number[]): readonly string[] {
  if (status === undefined) return [];
  const how = status === 0 ? "no answer" : String(status);
  return [
    `The runs of the Actions could not be read (${how})${status === 403 ? ": the client lacks read:actions." : "."}`,
  ];
}
