import { describe, expect, test } from "@jest/globals";
import { isRegisteredCallback } from "../../../../local/auth0/authentication/response/redirect-uri.ts";

describe("a callback with a wildcard", () => {
  const pattern = "https://*.app.example.com/callback";

  test.each([
    ["one label", pattern, "https://pr-7.app.example.com/callback"],
    ["a label with something before", "https://pr-*.app.example.com/callback", "https://pr-7.app.example.com/callback"],
    ["a port", "https://*.example.com:8443/", "https://a.example.com:8443/"],
  ])("stands for %s", (_name, registered, uri) => {
    expect(isRegisteredCallback(uri, [registered])).toBe(true);
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
    expect(isRegisteredCallback(uri, [registered])).toBe(false);
  });

  test("is not a redirect URI itself", () => {
    expect(isRegisteredCallback("https://*.app.example.com/callback#", [pattern])).toBe(false);
  });
});
