import type { DeadLetter } from "../../gateways/metering/dead-letters.ts";
import type { MeteringFiles } from "../../gateways/metering/files.ts";
import { readResent } from "../../gateways/metering/resent.ts";
import { renderTable } from "../terminal/table.ts";
import { renderSecond } from "../terminal/time.ts";

function listBilled(letters: readonly DeadLetter[], files: MeteringFiles): readonly boolean[] {
  const resent = readResent(files);
  return letters.map(({ event }) => resent.get(event.identifier)?.last.kind === "settled");
}

/** One line each, as they stand in the file, with whether they were billed since. */
export function renderDeadLettersJson(letters: readonly DeadLetter[], files: MeteringFiles): string {
  const billed = listBilled(letters, files);
  return JSON.stringify(letters.map((letter, index) => ({ ...letter, billedSince: billed[index] })));
}

export function renderDeadLetters(letters: readonly DeadLetter[], files: MeteringFiles): string {
  if (letters.length === 0) return "No dead letters are kept in this folder.";
  const billed = listBilled(letters, files);
  return renderTable(
    ["customer", "meter", "units", "of", "why", "identifier"],
    letters.map(({ event, reason, detail }, index) => [
      event.customer,
      event.meter,
      String(event.value),
      renderSecond(new Date(event.timestamp * 1000).toISOString()),
      `${reason}${detail === undefined ? "" : ` (${detail})`}${billed[index] ? ", billed since" : ""}`,
      event.identifier,
    ]),
  );
}
