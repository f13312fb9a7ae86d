import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { readDeadLetters } from "../gateways/metering/dead-letters.ts";
import { isMeteringDirectory, openFiles } from "../gateways/metering/files.ts";
import { EXIT, usageError } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { readStatus } from "./metering/read-status.ts";
import { renderDeadLetters, renderDeadLettersJson } from "./metering/render-dead-letters.ts";
import { renderStatus } from "./metering/render-status.ts";
import { runResend } from "./metering/run-resend.ts";
import { readEnvironment } from "./tenant/read-environment.ts";

export async function run({ options, word, directory, processEnv }: Invocation<"metering">): Promise<number> {
  const environment = await readEnvironment({ directory, name: options.env, processEnv });
  const usage = environment.METERING_DIRECTORY || join(directory, ".local/metering");
  const files = openFiles(usage);
  const print = (text: string): void => console.log(text);
  if (!existsSync(usage) || !statSync(usage).isDirectory()) {
    throw usageError(
      "METERING_DIRECTORY_MISSING",
      `There is no directory ${usage}. Set METERING_DIRECTORY to where the authorizer counts; it makes the directory when it starts.`,
    );
  }
  if (!isMeteringDirectory(usage)) {
    throw usageError(
      "METERING_DIRECTORY_FOREIGN",
      `${usage} has files, and none of them is of metering. Set METERING_DIRECTORY to where the authorizer counts.`,
    );
  }
  if (word === "resend") return runResend({ files, environment, yes: options.yes, json: options.json, print });
  if (word === "status") {
    const status = await readStatus(usage, files);
    print(options.json ? JSON.stringify(status) : renderStatus(status));
    return EXIT.success;
  }
  const letters = readDeadLetters(files);
  print((options.json ? renderDeadLettersJson : renderDeadLetters)(letters, files));
  return EXIT.success;
}
