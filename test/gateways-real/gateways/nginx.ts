import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findFreePort, startProcess } from "../support/start-process.ts";
import { sendOverHttp, type TestedGateway } from "./gateway.ts";

const binary = ["/usr/sbin/nginx", "/usr/bin/nginx"].find((path) => existsSync(path));

export const nginx: TestedGateway = {
  name: "NGINX",
  meters: "here",
  challenges: true,
  missing: () => (binary === undefined ? "nginx is not installed" : undefined),
  async start(world) {
    const port = await findFreePort();
    const { out } = await world.generate(port);
    const folder = join(out, "nginx");
    mkdirSync(join(folder, "temp"));
    writeFileSync(join(folder, "nginx.conf"), mainFile);
    const running = await startProcess(binary ?? "nginx", ["-p", folder, "-c", "nginx.conf"], { cwd: folder, port });
    return { send: (request) => sendOverHttp(world, port, request), close: () => running.stop() };
  },
};

/** What a machine's own nginx.conf is around the file that is generated. */
const mainFile = `${process.getuid?.() === 0 ? "user root;\n" : ""}daemon off;
worker_processes 1;
pid temp/nginx.pid;
error_log stderr warn;
events {}
http {
  access_log off;
  client_body_temp_path temp/body;
  proxy_temp_path temp/proxy;
  fastcgi_temp_path temp/fastcgi;
  uwsgi_temp_path temp/uwsgi;
  scgi_temp_path temp/scgi;
  include gateway.conf;
}
`;
