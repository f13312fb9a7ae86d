import { isEntityBound } from "../../local/auth0/management/actions/trigger-table.ts";
import type { MadeAction } from "./make-action.ts";

/** What was made, and the next commands. */
export function renderMade({ name, trigger, files, test }: MadeAction): string {
  return [
    isEntityBound(trigger)
      ? `${name} runs once what it serves names it: ${trigger} has no flow.`
      : `${name} runs last at ${trigger}.`,
    ...files.map((file) => `  ${file}`),
    "",
    `Test it:     npx jest ${test}`,
    "See it live: npm run dev",
  ].join("\n");
}
