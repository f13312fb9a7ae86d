import { join } from "node:path";
import { EXIT, runCommand } from "./command.ts";
import { readOptions } from "./terminal/options.ts";
import { installDebianPackages } from "./test-gateways/debian.ts";
import { installExpressGateway } from "./test-gateways/express-gateway.ts";
import { installKrakend } from "./test-gateways/krakend.ts";
import { run } from "./test-gateways/run.ts";

const USAGE = `Usage: npm run test:gateways -- [--require-all] [--without=krakend] [--update]

Puts one table of tokens and requests to the real gateways, with the configuration that npm run gateways makes for them.
Installs what is missing: nginx and caddy from Debian (as root), Express Gateway from npm, KrakenD built with Go 1.25 or
later and kept in the user's cache (KRAKEND names one that is there already). What cannot be had is skipped, and said.

  --require-all  what is skipped fails the run; so does CI=true
  --without=<gateway>  leave this one out: its skip does not fail the run. For krakend, whose Go modules cannot be had
                       everywhere
  --update       write the table into docs/gateways.md

Exits 0 when every gateway that ran is right, 1 when one is not, 2 on wrong use.`;

await runCommand(async () => {
  const options = readOptions(USAGE, {
    "require-all": { type: "boolean" },
    without: { type: "string", multiple: true },
    update: { type: "boolean" },
  });
  if (options === undefined) return EXIT.success;
  const root = join(import.meta.dirname, "..");
  for (const install of [installDebianPackages, installExpressGateway, installKrakend]) {
    const problem = await install(root);
    if (problem !== undefined) console.error(`skipped: ${problem}`);
  }
  const isStrict = options["require-all"] === true || process.env.CI === "true";
  const { code } = await run(process.execPath, ["node_modules/jest/bin/jest.js", "-c", "jest.gateways.config.js"], {
    cwd: root,
    shown: true,
    environment: {
      ...(isStrict && { REQUIRE_ALL_GATEWAYS: "1", MAY_SKIP_GATEWAYS: (options.without ?? []).join(",") }),
      ...(options.update === true && { UPDATE_TABLE: "1" }),
    },
    minutes: 10,
  });
  return code === 0 ? EXIT.success : EXIT.failure;
});
