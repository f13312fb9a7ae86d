import { writeSync } from "node:fs";
import { openJournal } from "../../local/state/journal.ts";

/** Saves records until it is killed, and names each one on standard output once it is saved. */
const collection = openJournal(process.argv[2]).collection<{ text: string }>("records");
for (let index = 0; ; index += 1) {
  collection.set(`record-${index}`, { text: "x".repeat(2000) });
  writeSync(1, `record-${index}\n`);
}
