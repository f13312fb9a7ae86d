import { join } from "node:path";
import { ensureCertificateAuthority } from "../../local/http/certificate-authority.ts";
import { installRival, RIVALS, type Rival } from "../shared/rivals.ts";
import { type LogIn, logInToSimulacrum, logInToTenant } from "./log-in.ts";
import { type Server, startServer } from "./server.ts";
import { makeSimulacrumHome } from "./simulacrum-home.ts";

export interface Contender {
  readonly name: string;
  readonly server: Server;
  /** Missing where the server has no login. */
  readonly logIn?: LogIn;
}

export async function startTenant(): Promise<Contender> {
  return { name: "this tenant", server: await startTenantServer([]), logIn: logInToTenant };
}

/** @param args `console` gives it one */
export const startTenantServer = (args: readonly "console"[]): Promise<Server> =>
  startServer(join(import.meta.dirname, "serve-tenant.ts"), args);

/** The tenant of another checkout of this repository, whose packages are installed: an older one, to compare with. */
export async function startFormer(folder: string): Promise<Contender> {
  const server = await startServer(join(folder, "bench/logins/serve-tenant.ts"), []);
  return { name: `the tenant in ${folder}`, server, logIn: logInToTenant };
}

const LOGINS: Readonly<Record<string, LogIn>> = { "@simulacrum/auth0-simulator": logInToSimulacrum };

/** Those that could be installed and started; about the others a line. All of them speak HTTPS with our certificate. */
export async function startRivals(root: string): Promise<readonly Contender[]> {
  const started: Contender[] = [];
  for (const rival of RIVALS) {
    const contender = await startRival(root, rival).catch((error: unknown) => String(error));
    if (typeof contender === "object") started.push(contender);
    else console.log(`left out: ${rival.name}@${rival.version} (${contender})`);
  }
  return started;
}

async function startRival(root: string, rival: Rival): Promise<Contender | string> {
  const folder = await installRival(rival);
  if (folder === undefined) return "it could not be installed";
  const tls = join(root, ".local/tls");
  const authority = await ensureCertificateAuthority(tls);
  await authority.issue("tenant", ["localhost", "127.0.0.1"]);
  const [cert, key] = [join(tls, "tenant.crt"), join(tls, "tenant.key")];
  const server = await startServer(
    join(import.meta.dirname, "serve-rival.mjs"),
    [rival.name, folder, cert, key, authority.caFile],
    { PATH: process.env.PATH, HOME: makeSimulacrumHome(folder, cert, key) },
  );
  const logIn = LOGINS[rival.name];
  return { name: `${rival.name} ${rival.version}`, server, ...(logIn && { logIn }) };
}
