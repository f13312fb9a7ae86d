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
  const explanations = entries.map(({ entry, executions }) => explainEntry(entry, executions, mask));
  return { domain, explanations, lastSuccess };
}
