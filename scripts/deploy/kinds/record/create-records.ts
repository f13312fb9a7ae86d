import type { Change } from "../../plan/change.ts";
import { report, type WriteContext } from "../../write/context.ts";
import { settlePost } from "../../write/settle-post.ts";
import type { Wanted } from "../kind.ts";
import type { RecordSpec } from "./record-kind.ts";

/**
 * One POST a record, its answer not lost: the Deploy CLI repeats a POST without an answer, which leaves two where names are
 * not unique.
 */
export async function createRecords(
  spec: Pick<RecordSpec, "type" | "toBody"> & Required<Pick<RecordSpec, "post">>,
  wanted: readonly Wanted[],
  changes: readonly Change[],
  context: WriteContext,
): Promise<void> {
  const { type, post, toBody } = spec;
  const missing = new Set(changes.filter(({ operation }) => operation === "create").map(({ name }) => name));
  for (const { name, entry } of wanted.filter((candidate) => missing.has(candidate.name))) {
    const body = (await toBody?.(entry, context)) ?? entry;
    await settlePost(
      async () => {
        await post(context.management, body);
        return true;
      },
      async () => (await context.readAgain(type)).some((item) => item.name === name) || undefined,
    );
    report(context, `created ${type} ${name}`);
  }
}
