import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** `serve-rival.mjs <name> <folder> <certificate> <key> <authority>`: over HTTPS, as the tenant. Plain JavaScript: no loader. */
const [name = "", folder = "", cert = "", key = "", ca = ""] = process.argv.slice(2);
const PASSWORD = "correct-horse-Battery-9";
const CALLBACK = "http://localhost:3000/";

const own = join(folder, "node_modules", name);

const servers = {
  "@simulacrum/auth0-simulator": async () => {
    // Its ES module answers every token request with 500 ("jwt.sign is not a function").
    const { simulation } = createRequire(join(own, "package.json"))(name);
    const users = Array.from({ length: 50 }, (_, index) => ({
      id: `auth0|${index}`,
      name: `Person ${index}`,
      email: `person${index}@example.com`,
      password: PASSWORD,
    }));
    const app = simulation({ initialState: { users }, options: { port: 4400 } });
    const { port } = await app.listen(0);
    const clientId = "00000000000000000000000000000000";
    const audience = "https://api.example.com/";
    return {
      origin: `https://localhost:${port}`,
      tokenRequest: { path: "/oauth/token", body: { grant_type: "client_credentials", client_id: clientId, audience } },
      login: { clientId, callback: CALLBACK, audience },
    };
  },
  "oauth2-mock-server": async () => {
    const { exports } = JSON.parse(readFileSync(join(own, "package.json"), "utf8"));
    const { OAuth2Server } = await import(pathToFileURL(join(own, exports["."].default ?? exports["."].import)).href);
    const server = new OAuth2Server(key, cert);
    await server.issuer.keys.generate("RS256");
    await server.start(0, "127.0.0.1");
    const { port } = server.address();
    return {
      origin: `https://localhost:${port}`,
      tokenRequest: { path: "/token", body: { grant_type: "client_credentials", scope: "get:users" } },
    };
  },
};

const facts = await servers[name]();
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send(user + system);
});
process.once("disconnect", () => process.exit()).once("SIGTERM", () => process.exit());
process.send({ ...facts, ca: readFileSync(ca, "utf8") });
