import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { locateKrakend } from "../../../scripts/test-gateways/krakend.ts";
import { findFreePort, startProcess } from "../support/start-process.ts";
import { sendOverHttp, type TestedGateway } from "./gateway.ts";

export const krakend: TestedGateway = {
  name: "KrakenD",
  meters: "here",
  challenges: false,
  missing: () => (existsSync(locateKrakend()) ? undefined : "there is no KrakenD"),
  async start(world) {
    const port = await findFreePort();
    const { out } = await world.generate(port);
    const folder = join(out, "krakend");
    const env = { FC_ENABLE: "1", USAGE_DISABLE: "1", SSL_CERT_FILE: world.issuer.caFile };
    // Its own opinion of what was generated comes first: it names the place, where a start would only fail.
    await promisify(execFile)(locateKrakend(), ["check", "-t", "-c", "krakend.json"], { cwd: folder, env });
    const running = await startProcess(locateKrakend(), ["run", "-c", "krakend.json"], { cwd: folder, env, port });
    return { send: (request) => sendOverHttp(world, port, request), close: () => running.stop() };
  },
};
