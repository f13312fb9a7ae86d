import { writeSync } from "node:fs";
import { openJournal } from "../../local/state/journal.ts";

/** Saves records until it is killed, and names each one on standard output once it is saved. */
const [file, leastGrowth] = process.argv.slice(2);
const journal = openJournal(file, { leastGrowth: Number(leastGrowth) });
const collection = journal.collection<{ text: string }>("records");
const counter = journal.collection<{ text: string }>("counter");
for (let index = 0; ; index += 1) {
  // What is overwritten makes the file grow beyond what is kept.
  for (let times = 0; times < 3; times += 1) counter.set("count", { text: "y".repeat(2000) });
  collection.set(`record-${index}`, { text: "x".repeat(2000) });
  writeSync(1, `record-${index}\n`);
}
