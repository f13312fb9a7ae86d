import { cpSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createBrowser } from "../../../local/http/browser.ts";
import { chooseFreePort } from "../../../scripts/dev/choose-free-port.ts";
import { localDirectory } from "../../support/local-tenant.ts";
import { type Dev, LONGEST_WAIT, openDev } from "../../support/open-dev.ts";
import { makeProject, type ProjectCopy } from "../../support/project-copy.ts";
import { spawnScript } from "../../support/spawn-script.ts";

const root = join(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

const API = "https://api.example.com/";
const ACTION = "actions/add-email-claim/action.ts";
const OWN = ["tenant.yaml", "routes.yaml", "stripe.json", ".env.example"];

describe("npm run dev", () => {
  let project: ProjectCopy;
  let spaUrl: string;
  let dev: Dev;
  const source = read(ACTION);
  const during: Dev["during"] = (act, pattern) => dev.during(act, pattern);
  const save = (file: string, text: string) => () => project.write(file, text);

  /** The last answer, where it does not come to this one in time: Stripe tells of a subscription a moment after it begins. */
  async function eventually(ask: () => Promise<number>, wanted: number): Promise<number> {
    const late = Date.now() + LONGEST_WAIT;
    for (;;) {
      const answer = await ask();
      if (answer === wanted || Date.now() > late) return answer;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  beforeAll(async () => {
    project = makeProject(Object.fromEntries(OWN.map((file) => [file, read(file)])));
    cpSync(join(root, "examples"), join(project.directory, "examples"), { recursive: true });
    for (const part of ["keys", "tls"]) {
      cpSync(join(localDirectory, part), join(project.directory, ".local", part), { recursive: true });
    }
    spaUrl = `http://localhost:${await chooseFreePort()}`;
    const environment = { SPA_URL: spaUrl, AUTHORIZER_PORT: "0" };
    dev = await openDev(spawnScript("dev", ["--port", "0"], environment, project.directory));
  });
  afterAll(async () => {
    dev.script.process.kill("SIGKILL");
    await dev.script.ended;
    project.remove();
  });

  test("names a person for each role", () => {
    expect(dev.script.stdout()).toContain(
      "Log in as viewer@example.com, editor@example.com, admin@example.com; password Only-here-1.",
    );
  });

  test("prints a login with its Actions, and the API answers what its token allows", async () => {
    let token = "";
    const said = await during(async () => {
      ({ token } = await dev.logIn("editor@example.com"));
    }, /add-email-claim/);
    expect(said).toContain("post-login  editor@example.com at Example SPA: let through");
    expect(said).toMatch(/sync-stripe-customer +[\d.]+ ms +changed/);
    const ask = async (method: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${dev.addresses.page}/users/1`, { method, headers })).status;
    };
    expect(await ask("GET")).toBe(200);
    expect(await ask("DELETE")).toBe(403);
  });

  test("who has not paid is sent to the billing portal, pays at the local Stripe, and is let in", async () => {
    const { token } = await dev.logIn("admin@example.com");
    const headers = { authorization: `Bearer ${token}` };
    const refused = await fetch(`${dev.addresses.page}/reports`, { headers });
    expect(refused.status).toBe(402);
    const { payment_url: portal } = (await refused.json()) as { payment_url: string };
    expect(portal).toBe(dev.addresses.billing);
    const body = new URLSearchParams({ scope: "get:reports" });
    const answer = await fetch(`${portal}/checkout`, { method: "POST", headers, body });
    const { url } = (await answer.json()) as { url: string };
    const browser = createBrowser({ domain: new URL(url).host, ca: readFileSync(dev.addresses.authority, "utf8") });
    const card = { name: "Ada Lovelace", card: "4242 4242 4242 4242", expiry: "12 / 34", cvc: "123" };
    await browser.submit(await browser.open(url), card, "card");
    const paid = await eventually(async () => {
      const { token: renewed } = await dev.logIn("admin@example.com");
      return (await fetch(`${dev.addresses.page}/reports`, { headers: { authorization: `Bearer ${renewed}` } })).status;
    }, 200);
    expect(paid).toBe(200);
  });

  test("makes a save live, says what the last login would have, and the next login has it", async () => {
    const changed = source.replace(
      "=> {",
      '=> {\n  api.accessToken.setCustomClaim("https://api.example.com/plan", "gold");\n  console.log("plan set");',
    );
    await dev.logIn("editor@example.com");
    const said = await during(save(ACTION, changed), /gold/);
    expect(said).toMatch(
      /live {2}actions\/add-email-claim\/action\.ts, \d+ ms; the last login, editor@example\.com at Example SPA/,
    );
    expect(said).toContain('+ access token claim https://api.example.com/plan "gold"');
    const login = await during(async () => {
      expect((await dev.logIn("editor@example.com")).claims["https://api.example.com/plan"]).toBe("gold");
    }, /\| plan set/);
    expect(login).toContain("editor@example.com");
  });

  test("what does not compile, or does not load, is shown with its place and leaves the last good version live", async () => {
    const broken = await during(save(ACTION, source.replace("=> {", "=> {\n  const plan = ;")), /not live/);
    expect(broken).toMatch(/actions\/add-email-claim\/action\.ts:\d+ \[ACTION_DOES_NOT_COMPILE\]/);
    expect(broken).toMatch(/const plan = ;\n +\^/);
    const throwing = await during(save(ACTION, `${source}\nthrow new Error("not today");`), /not today/);
    expect(throwing).toContain("not live");
    expect((await dev.logIn("editor@example.com")).claims["https://api.example.com/plan"]).toBe("gold");
    await during(save(ACTION, source), /\d {2}live/);
    expect((await dev.logIn("editor@example.com")).claims).not.toHaveProperty(["https://api.example.com/plan"]);
  });

  // Some come while one is worked on, some after it; each tenth does not compile.
  test("of fifty saves within ten seconds the last one is live", async () => {
    const numbered = (index: number) =>
      source.replace(
        "=> {",
        `=> {\n  api.accessToken.setCustomClaim("${API}save", ${index}${index % 10 === 5 ? "" : ")"};`,
      );
    await during(async () => {
      for (let index = 1; index <= 50; index += 1) {
        save(ACTION, numbered(index))();
        await new Promise((resolve) => setTimeout(resolve, index % 7 === 0 ? 300 : 20));
      }
    }, /claim https:\/\/api\.example\.com\/save (?:\d+ → )?50\b/);
    expect((await dev.logIn("viewer@example.com")).claims[`${API}save`]).toBe(50);
    await during(save(ACTION, source), /\d {2}live/);
  });

  test("a change of tenant.yaml is deployed, and one of routes.yaml is what the API goes by", async () => {
    await during(
      save("tenant.yaml", read("tenant.yaml").replace("session_lifetime: 168", "session_lifetime: 100")),
      /live {2}tenant\.yaml/,
    );
    const open = read("routes.yaml").replace(
      "{ method: GET, path: /users, backend: api }",
      "{ method: GET, path: /users, public: true, backend: api }",
    );
    await during(save("routes.yaml", open), /live {2}routes\.yaml/);
    expect((await fetch(`${dev.addresses.page}/users`)).status).toBe(200);
    const refused = await during(save("tenant.yaml", "clients: [}"), /not live/);
    expect(refused).toContain("tenant.yaml");
  });

  test("a second one in the same project is refused, and a signal ends all of it", async () => {
    const second = spawnScript("dev", ["--port", "0"], {}, project.directory);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toContain("[LOCAL_TENANT_RUNNING]");
    dev.script.process.kill("SIGINT");
    expect(await dev.script.ended).toBe(0);
  });

  test("says which port is taken, and which one to take", async () => {
    const occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen(0, "127.0.0.1", resolve));
    const { port } = occupant.address() as AddressInfo;
    save("tenant.yaml", read("tenant.yaml"))();
    const environment = { SPA_URL: `http://localhost:${port}`, AUTHORIZER_PORT: "0" };
    const blocked = spawnScript("dev", ["--port", "0"], environment, project.directory);
    const end = await blocked.ended;
    occupant.close();
    expect(end).toBe(1);
    expect(blocked.stderr()).toContain(`SPA_URL=http://localhost:${port + 1} npm run dev`);
    expect(blocked.stderr()).toContain("[EXAMPLE_PORT_TAKEN]");
  });
});
