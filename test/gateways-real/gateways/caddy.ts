import { existsSync } from "node:fs";
import { join } from "node:path";
import { findFreePort, startProcess } from "../support/start-process.ts";
import { sendOverHttp, type TestedGateway } from "./gateway.ts";

const binary = ["/usr/bin/caddy", "/usr/local/bin/caddy"].find((path) => existsSync(path));

export const caddy: TestedGateway = {
  name: "Caddy",
  meters: "here",
  challenges: true,
  missing: () => (binary === undefined ? "caddy is not installed" : undefined),
  async start(world) {
    const port = await findFreePort();
    const { out } = await world.generate(port);
    const folder = join(out, "caddy");
    const args = ["run", "--config", "Caddyfile", "--adapter", "caddyfile"];
    const running = await startProcess(binary ?? "caddy", args, { cwd: folder, port });
    return { send: (request) => sendOverHttp(world, port, request), close: () => running.stop() };
  },
};
