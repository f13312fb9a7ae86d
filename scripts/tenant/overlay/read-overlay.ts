import { usageError } from "../../command.ts";
import { ENVIRONMENTS, readOptionalFile } from "../environment-files.ts";
import { parseSource, type TenantSource } from "../source.ts";

/**
 * environments/<name>.yaml; undefined when there is none.
 *
 * @throws {CommandError} ENVIRONMENT_UNREADABLE, and what parseSource throws
 */
export async function readOverlay(directory: string, name: string): Promise<TenantSource | undefined> {
  const misnamed = `${ENVIRONMENTS}/${name}.yml`;
  if ((await readOptionalFile(directory, misnamed)) !== undefined) {
    throw usageError("ENVIRONMENT_UNREADABLE", `${misnamed} would be passed over: call it ${name}.yaml.`);
  }
  const file = `${ENVIRONMENTS}/${name}.yaml`;
  const text = await readOptionalFile(directory, file);
  return text === undefined ? undefined : parseSource(text, file);
}
