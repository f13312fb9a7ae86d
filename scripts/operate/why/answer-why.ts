import type { TenantConnection } from "../../deploy/connect.ts";
import { explainEntry } from "./explain-entry.ts";
import { createMask } from "./mask.ts";
import { readLog } from "./read-log.ts";
import type { Answer } from "./render-why.ts";
import type { Subject } from "./subject.ts";

/**
 * @param limit how many failed logins of a user
 * @throws {CommandError} of reading the log
 */
export async function answerWhy(
  { domain, management }: Pick<TenantConnection, "domain" | "management">,
  subject: Subject,
  limit: number,
): Promise<Answer> {
  const { entries, lastSuccess } = await readLog(management, subject, limit);
  const mask = createMask(subject.kind === "user" ? subject.value : "");
  const explanations = entries.map(({ entry, executions, unread }) => {
    const explanation = explainEntry(entry, executions, mask);
    return { ...explanation, notes: [...explanation.notes, ...describeUnread(unread)] };
  });
  return { domain, explanations, lastSuccess };
}

function describeUnread([status]: readonly number[]): readonly string[] {
  if (status === undefined) return [];
  const how = status === 0 ? "no answer" : String(status);
  return [
    `The runs of the Actions could not be read (${how})${status === 403 ? ": the client lacks read:actions." : "."}`,
  ];
}
