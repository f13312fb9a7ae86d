import { ManagementError } from "auth0";
import { CommandError } from "../../../command.ts";
import { withoutPaths } from "../../../tenant/find-paths.ts";
import type { Change } from "../../plan/change.ts";
import { sideBySide } from "../../side-by-side.ts";
import type { WriteContext } from "../../write/context.ts";
import { settlePost } from "../../write/settle-post.ts";
import type { Wanted } from "../kind.ts";
import type { Fields } from "../live-record.ts";
import { digestMetadata, metadataOf, withoutDigests } from "../secret-digests.ts";
import type { RecordSpec } from "./record-kind.ts";

/**
 * One POST a record, its answer not lost: the Deploy CLI repeats a POST without an answer, which leaves two where names are
 * not unique.
 *
 * @throws {CommandError} PLAN_STALE where somebody else made one of them since it was planned
 */
export async function createRecords(
  spec: Pick<RecordSpec, "type" | "toBody" | "digests" | "unsent"> & Required<Pick<RecordSpec, "post">>,
  wanted: readonly Wanted[],
  changes: readonly Change[],
  context: WriteContext,
): Promise<void> {
  const { type, post, toBody } = spec;
  const missing = new Set(changes.filter(({ operation }) => operation === "create").map(({ name }) => name));
  const absent = wanted.filter((candidate) => missing.has(candidate.name));
  await sideBySide(absent, async ({ name, entry }) => {
    const body = digestBody(spec, name, (await toBody?.(entry, context)) ?? entry, context);
    const isThere = async () => (await context.readAgain(type)).some((item) => item.name === name);
    await settlePost(
      async () => {
        await post(context.management, body);
        return true;
      },
      async () => (await isThere()) || undefined,
    ).catch(async (error: unknown) => {
      const isTaken = error instanceof ManagementError && error.statusCode === 409 && (await isThere());
      throw isTaken ? alreadyMade(type, name, error) : error;
    });
    context.report({ type, name });
  });
}

const alreadyMade = (type: string, name: string, cause: Error): CommandError =>
  new CommandError("PLAN_STALE", `Somebody made ${type} ${name} since it was planned. Plan again when that is done.`, {
    cause,
  });

function digestBody(
  { type, digests: place, unsent = [] }: Pick<RecordSpec, "type" | "digests" | "unsent">,
  name: string,
  body: Fields,
  { desired }: WriteContext,
): Fields {
  if (place === undefined) return body;
  const entry = withoutDigests(place, body);
  const metadata = digestMetadata(
    { place, label: `${type}:${name}`, entry, desired },
    metadataOf(place, entry),
    unsent,
  );
  return { ...withoutPaths(entry, unsent), ...(metadata !== undefined && { [place.field]: metadata }) };
}
