import { ManagementError } from "auth0";
import { compareFields } from "../../compare/compare-fields.ts";
import type { WriteContext } from "../../write/context.ts";
import type { Fields } from "../live-record.ts";
import type { RecordSpec } from "./record-kind.ts";

interface Sides {
  readonly written: Fields;
  readonly former: Fields;
}

/** Puts back what was there, unless it is there already or somebody else has written it since. */
export async function restoreRecord(
  spec: Pick<RecordSpec, "get" | "patch">,
  id: string,
  { written, former }: Sides,
  { management }: Pick<WriteContext, "management">,
): Promise<void> {
  const present = (await spec.get(management, id)) as Fields;
  const wasThere = Object.fromEntries(Object.keys(written).map((name) => [name, former[name]]));
  if (compareFields(wasThere, present).length === 0) return;
  if (compareFields(written, present).length > 0) throw new Error("somebody else has written it since");
  try {
    await spec.patch(
      management,
      id,
      renderFormer(written, former, () => null),
    );
  } catch (error) {
    // Not every field can be removed: those are emptied.
    if (!(error instanceof ManagementError) || error.statusCode !== 400) throw error;
    await spec.patch(management, id, renderFormer(written, former, emptyLike));
  }
}

/** The values that the written fields had, and for those that were not there what Auth0 takes for it. */
function renderFormer(written: Fields, former: Fields, absent: (like: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(written).map(([name, value]) => [name, former[name] ?? absent(value)]));
}

function emptyLike(value: unknown): unknown {
  if (typeof value === "boolean") return false;
  if (Array.isArray(value)) return [];
  if (typeof value === "string") return "";
  return typeof value === "object" && value !== null ? {} : null;
}
