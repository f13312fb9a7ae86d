import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { CommandError } from "../command.ts";
import { isMapping } from "../tenant/shape.ts";

/** Under which the authority stands in a database, of whichever checkout: one local tenant is used at a time. */
export const NICKNAME = "auth0-stripe-actions, localhost alone";

const run = promisify(execFile);

/**
 * What certutil says, or undefined where it refuses.
 *
 * @throws {CommandError} TRUST_TOOL_MISSING
 */
export async function callCertutil(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run("certutil", ["-d", `sql:${folder}`, ...args]);
    return stdout;
  } catch (error) {
    if (isMapping(error) && error.code === "ENOENT") {
      throw new CommandError(
        "TRUST_TOOL_MISSING",
        "Browsers keep certificates in databases that certutil reads and writes, and it is not in the PATH. Install it (Debian: apt-get install libnss3-tools; macOS: brew install nss; Fedora: dnf install nss-tools), or import the certificate in the browser's settings.",
        { cause: error },
      );
    }
    return undefined;
  }
}
