import { describe, expect, test } from "@jest/globals";
import { isListedUrl, isRegisteredCallback } from "../../../../local/auth0/authentication/response/redirect-uri.ts";
import type { Client } from "../../../../local/auth0/state/resources.ts";

const clientWith = (callback: string, more: Partial<Client> = {}): Client => ({
  client_id: "a",
  name: "a",
  callbacks: [callback],
  ...more,
});

describe("a callback with a wildcard", () => {
  const pattern = "https://*.app.example.com/callback";

  test.each([
    ["one label", pattern, "https://pr-7.app.example.com/callback"],
    ["a label with something before", "https://pr-*.app.example.com/callback", "https://pr-7.app.example.com/callback"],
    ["a port", "https://*.example.com:8443/", "https://a.example.com:8443/"],
  ])("stands for %s", (_name, registered, uri) => {
    expect(isRegisteredCallback(uri, clientWith(registered))).toBe(true);
  });

  test.each([
    ["two labels", pattern, "https://a.b.app.example.com/callback"],
    ["no label", pattern, "https://.app.example.com/callback"],
    ["a path", pattern, "https://evil.example/.app.example.com/callback"],
    ["a user", pattern, "https://evil.example@x.app.example.com/callback"],
    ["another scheme", pattern, "http://a.app.example.com/callback"],
    ["another path", pattern, "https://a.app.example.com/callback/x"],
    ["a query", pattern, "https://a.app.example.com/callback?x=1"],
    ["a fragment", pattern, "https://a.app.example.com/callback#x"],
    ["a whole host", "https://*", "https://evil.example"],
    ["a domain under a top-level one", "https://*.com/callback", "https://evil.com/callback"],
    ["part of a path", "https://app.example.com/*", "https://app.example.com/evil"],
    ["two places", "https://*.*.example.com/", "https://a.b.example.com/"],
    ["a label that is not the first", "https://a.*.example.com/", "https://a.b.example.com/"],
  ])("does not stand for %s", (_name, registered, uri) => {
    expect(isRegisteredCallback(uri, clientWith(registered))).toBe(false);
  });

  test("is not a redirect URI itself", () => {
    expect(isRegisteredCallback("https://*.app.example.com/callback#", clientWith(pattern))).toBe(false);
  });

  test("stands for nothing where the client is a third party's", () => {
    const uri = "https://pr-7.app.example.com/callback";
    expect(isRegisteredCallback(uri, clientWith(pattern, { is_first_party: false }))).toBe(false);
    expect(isRegisteredCallback(uri, clientWith(uri, { is_first_party: false }))).toBe(true);
  });

  test("is the same for origins of pages", () => {
    expect(isListedUrl("https://a.example.com", {}, ["https://*.example.com"])).toBe(true);
    expect(isListedUrl("https://example.com", {}, ["https://*.example.com"])).toBe(false);
  });
});

describe("a callback with the place of an organization's name", () => {
  const pattern = "https://{organization_name}.example.com/callback";
  const acme = "https://acme.example.com/callback";

  test.each<[string, Partial<Client>, string | undefined, boolean]>([
    ["of the request's own", { organization_usage: "allow" }, "acme", true],
    ["where the client requires one", { organization_usage: "require" }, "acme", true],
    ["of another", { organization_usage: "allow" }, "other", false],
    ["where the request names none", { organization_usage: "allow" }, undefined, false],
    ["where the client denies organizations", { organization_usage: "deny" }, "acme", false],
    ["where the client says nothing of them", {}, "acme", false],
  ])("takes the name %s", (_which, more, organization, isTaken) => {
    expect(isRegisteredCallback(acme, clientWith(pattern, more), organization)).toBe(isTaken);
  });

  test("takes nothing that a name cannot have", () => {
    expect(isRegisteredCallback("https://x.example.com/callback", clientWith(pattern), "x/")).toBe(false);
  });
});
