import { stringify } from "yaml";
import type { ReplayedLogin } from "../../local/console/replays/checkout.ts";
import type { Project } from "../build/project.ts";
import { readFixtures } from "../own-rows/fixtures.ts";
import { FOLDER } from "../own-rows/read-own-rows.ts";
import { createRedactor } from "../redaction/redact.ts";
import { readExample } from "../tenant/checkout-values.ts";
import { describeRow } from "./describe-row.ts";
import { listClosedSettings } from "./open-settings.ts";
import { writeNew } from "./write-new.ts";

const HEAD = "# A login as npm run rehearse tries it again: docs/actions.md says what stands where.\n";

/** @throws {CommandError} REPLAY_NOT_SAVED, REHEARSAL_FIXTURES_INCOMPLETE */
export async function saveRow({ directory, known }: Project, login: ReplayedLogin): Promise<string> {
  const row = describeRow(login, readFixtures(known.document));
  const example = await readExample(directory);
  const closed = (known.document.actions ?? []).flatMap((action) =>
    listClosedSettings(login.secrets.get(action.name) ?? {}, action, example),
  );
  const who = row.person.email.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const path = `${FOLDER}/${who}-${login.seenAt.replaceAll(/[:.]/g, "-")}.yaml`;
  await writeNew(directory, path, HEAD + createRedactor(closed)(stringify(row, { lineWidth: 0 })));
  return path;
}
