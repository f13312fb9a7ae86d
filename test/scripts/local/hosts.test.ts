import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ensureHostsAuthority } from "../../../local/http/certificate-authority.ts";
import { mapHosts } from "../../../local/network/map-hosts.ts";
import { type Hosts, openHosts } from "../../../scripts/local/open-hosts.ts";
import { parseHosts } from "../../../scripts/local/parse-hosts.ts";

describe("--host", () => {
  test.each([
    ["crm.example.com=http://127.0.0.1:5055", "crm.example.com", "http://127.0.0.1:5055/"],
    ["CRM.example.com=http://localhost:5055", "crm.example.com", "http://localhost:5055/"],
    ["crm.example.com:8443=https://[::1]:5055/", "crm.example.com:8443", "https://[::1]:5055/"],
  ])("reads %s", (text, name, target) => {
    expect(parseHosts([text]).map((host) => [host.name, host.target.href])).toEqual([[name, target]]);
  });

  test.each([
    ["crm.example.com", /takes a public name and a server/],
    ["crm.example.com=", /takes a public name and a server/],
    ["=http://127.0.0.1:5055", /takes a public name and a server/],
    ["crm=http://127.0.0.1:5055", /takes a public name and a server/],
    ["10.0.0.7=http://127.0.0.1:5055", /takes a public name and a server/],
    ["https://crm.example.com=http://127.0.0.1:5055", /takes a public name and a server/],
    ["crm.example.com=127.0.0.1:5055", /takes a public name and a server/],
    ["crm.example.com=ftp://127.0.0.1:5055", /takes a public name and a server/],
    ["crm.example.com=http://10.0.0.7:5055", /must lead to this machine/],
    ["crm.example.com=http://localhost.example.com:5055", /must lead to this machine/],
    ["crm.example.com=http://127.0.0.1:5055/v1", /http:\/\/127\.0\.0\.1:5055 is enough/],
  ])("refuses %s", (text, message) => {
    expect(() => parseHosts([text])).toThrow(
      expect.objectContaining({ code: "USAGE", message: expect.stringMatching(message) }),
    );
  });

  test("refuses a name that leads to two servers", () => {
    const texts = ["crm.example.com=http://127.0.0.1:1", "Crm.example.com=http://127.0.0.1:2"];
    expect(() => parseHosts(texts)).toThrow(/twice/);
  });
});

describe("a named host", () => {
  let directory: string;
  let crm: Server;
  let hosts: Hosts;
  let restore = () => {};
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "hosts-"));
    crm = createServer(async (request, response) => {
      const body = await text(request);
      const { method, url, headers } = request;
      response.writeHead(201, { "x-crm": "yes" }).end(`${method} ${url} ${headers.host} ${body}`);
    });
    await new Promise<void>((resolve) => crm.listen(0, "127.0.0.1", resolve));
    const { port } = crm.address() as AddressInfo;
    const named = [`crm.example.com=http://127.0.0.1:${port}`, "gone.example.com:8443=http://127.0.0.1:1"];
    hosts = await openHosts(parseHosts(named), await ensureHostsAuthority(directory));
    restore = mapHosts(hosts.map, { refuseOthers: false });
  });
  afterAll(async () => {
    restore();
    await hosts.close();
    await new Promise((resolve) => crm.close(resolve));
    rmSync(directory, { recursive: true });
  });

  test("is answered over HTTPS by the server on this machine, which is asked for what the Action asked for", async () => {
    const response = await fetch("https://crm.example.com/contacts?page=2", { method: "POST", body: "a contact" });
    expect([response.status, response.headers.get("x-crm")]).toEqual([201, "yes"]);
    expect(await response.text()).toBe("POST /contacts?page=2 crm.example.com a contact");
  });

  test("whose server is not there answers 502 and says which", async () => {
    const response = await fetch("https://gone.example.com:8443/");
    expect([response.status, await response.text()]).toEqual([
      502,
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/),
    ]);
  });
});
