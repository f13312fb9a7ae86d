import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CommandError } from "../command.ts";
import { isMapping } from "../tenant/shape.ts";

export const notSaved = (message: string): CommandError => new CommandError("REPLAY_NOT_SAVED", message);

/** A file that was not there. @throws {CommandError} REPLAY_NOT_SAVED */
export async function writeNew(directory: string, path: string, text: string): Promise<void> {
  const file = join(directory, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: "wx" }).catch((error: unknown) => {
    if (!isMapping(error) || error.code !== "EEXIST") throw error;
    throw notSaved(`${path} is there already. Delete it to have this one.`);
  });
}
