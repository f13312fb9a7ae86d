import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { findFreePort, startProcess } from "../support/start-process.ts";
import { sendOverHttp, type TestedGateway } from "./gateway.ts";

const modules = join(import.meta.dirname, "../express-gateway/node_modules");

const create = (name: string, folderName: string, meters: TestedGateway["meters"]): TestedGateway => ({
  name,
  ownIdentityHeaders: ["eg-consumer-id"],
  meters,
  challenges: true,
  missing: () => (existsSync(join(modules, "express-gateway")) ? undefined : "express-gateway is not installed"),
  async start(world) {
    const port = await findFreePort();
    const { out } = await world.generate(port);
    const folder = join(out, folderName);
    symlinkSync(modules, join(folder, "node_modules"));
    const running = await startProcess(process.execPath, ["server.js"], {
      cwd: folder,
      env: { ...world.stripeEnvironment, NODE_EXTRA_CA_CERTS: world.issuer.caFile },
      port,
    });
    return { send: (request) => sendOverHttp(world, port, request), close: () => running.stop() };
  },
});

export const expressGateway = create("Express Gateway, plugin", "express-gateway", "here");
export const builtInExpressGateway = create("Express Gateway, built-ins", "express-gateway-built-in", "elsewhere");
