import { homedir } from "node:os";
import { join, relative } from "node:path";
import { ensureCertificateAuthority } from "../local/http/certificate-authority.ts";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { wrongUse } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";
import { addTo, removeFrom } from "./trust/change-database.ts";
import { findDatabases } from "./trust/find-databases.ts";
import { lookAt } from "./trust/look-at.ts";
import { renderTrust } from "./trust/render-trust.ts";

export async function run({ options, directory, processEnv }: Invocation<"trust">): Promise<number> {
  if (options.add && options.remove) throw wrongUse("--add and --remove undo each other: give one of them.");
  const { ca, caFile } = await ensureCertificateAuthority(join(options.directory ?? join(directory, ".local"), "tls"));
  const find = () => findDatabases(processEnv.HOME || homedir(), process.platform);
  if (options.add) for (const database of find()) await addTo(database, { ca, caFile });
  if (options.remove) for (const database of find()) await removeFrom(database);
  const places = await lookAt({ databases: find(), ca, environment: processEnv, platform: process.platform });
  const file = relative(process.cwd(), caFile);
  console.log(
    options.json
      ? JSON.stringify({ version: 1, caFile, places }, undefined, 2)
      : renderTrust(places, file, createPaint(process.stdout)),
  );
  return EXIT.success;
}
