import { type ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import type { Environment } from "../../../scripts/tenant/read-environment.ts";

/** The kinds that tenant.yaml has. */
const TYPES = ["tenant", "resourceServers", "clients", "clientGrants", "roles", "databases", "actions", "triggers"];

interface ImportAnswer {
  readonly isImported: boolean;
  readonly message?: string;
}

/** A process with the Deploy CLI in it. */
interface DeployCli {
  /**
   * `a0deploy import` of the folder's tenant.yaml: undefined when it says that it succeeded, else what it says.
   *
   * @throws {Error} when the process ends instead
   */
  readonly import: (directory: string, tenant: LocalTenant, keywords: Environment) => Promise<Error | undefined>;
  readonly stop: () => Promise<void>;
}

/** Starts the process once for many imports, one after another: loading the Deploy CLI takes longer than an import. */
export function startDeployCli(caFile: string): DeployCli {
  let child = startChild(caFile);
  return {
    import: async (directory, { domain, clientId, clientSecret }, keywords) => {
      const answer = await ask(child, { directory, domain, clientId, clientSecret, keywords, types: TYPES });
      if (answer.isImported) return undefined;
      // It fails with the first request that is refused, and goes on sending the others.
      await endChild(child);
      child = startChild(caFile);
      return new Error(answer.message);
    },
    stop: () => endChild(child),
  };
}

function startChild(caFile: string): ChildProcess {
  return fork(join(import.meta.dirname, "plain-import.cjs"), {
    env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: caFile },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

function ask(child: ChildProcess, request: object): Promise<ImportAnswer> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the Deploy CLI ended with exit code ${code}`));
    child.once("exit", onExit);
    child.once("message", (message: ImportAnswer) => {
      child.off("exit", onExit);
      resolve(message);
    });
    child.send(request);
  });
}

/**
 * `npx a0deploy import -i tenant.yaml` in the folder, as docs/deploy.md has it.
 *
 * @throws {Error} when its exit code is not 0
 */
export async function importByCommand(
  directory: string,
  tenant: LocalTenant,
  keywords: Environment,
): Promise<undefined> {
  const command = join(directory, "node_modules/auth0-deploy-cli/lib/index.js");
  await promisify(execFile)(process.execPath, [command, "import", "-i", "tenant.yaml"], {
    cwd: directory,
    env: { ...keywords, PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: tenant.caFile },
    maxBuffer: 16 * 1024 * 1024,
  });
}
