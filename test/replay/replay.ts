import { join } from "node:path";
import { listRecordings, readRecording } from "./recordings.ts";
import { type Replayed, replayRecording } from "./replay-recording.ts";
import { report } from "./report.ts";

/** Plays a folder of recordings, each to a local tenant of its own, and prints what was answered otherwise. */
const [folder, part = ""] = process.argv.slice(2);
if (folder === undefined) throw new Error("npm run test:replay -- <folder of recordings> [part of a name]");

const project = join(import.meta.dirname, "../..");
const replayed: Replayed[] = [];
for (const name of listRecordings(folder).filter((name) => name.includes(part))) {
  replayed.push(...(await replayRecording(readRecording(folder, name), project)));
}
for (const line of report(replayed)) console.log(line);
