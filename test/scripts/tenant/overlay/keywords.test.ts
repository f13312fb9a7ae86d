import { expect, test } from "@jest/globals";
import { fillKeywords, listKeywords } from "../../../../scripts/tenant/keywords.ts";
import { listSecretValues } from "../../../../scripts/tenant/list-secret-values.ts";
import { fill, parse, VALUES } from "./example.ts";

test("keywords are those of the merged document, each with its file and line", () => {
  const overlay = 'clients:\n- name: Worker\n  client_secret: "@@EU_SECRET@@"\nroles: []\n';
  const keywords = listKeywords(parse(overlay)).map(({ name, place }) => `${name} ${place}`);
  expect(keywords).toEqual([
    "API tenant.yaml:8",
    "API tenant.yaml:20",
    "KEY tenant.yaml:35",
    "EU_SECRET environments/eu.yaml:3",
  ]);
  expect(fill(overlay, { EU_SECRET: "eu-secret-value", WORKER_SECRET: "" }).clients![1]).toMatchObject({
    client_secret: "eu-secret-value",
  });
  const secrets = listSecretValues(parse(overlay), { ...VALUES, EU_SECRET: "eu-secret-value" });
  expect(secrets).toEqual(["key-of-the-action", "eu-secret-value"]);
});

test("a keyword of an overlay without a value is named with its line", () => {
  const tenant = parse("tenant:\n  friendly_name: ##EU_NAME##\n");
  expect(() => fillKeywords(tenant, VALUES)).toThrow("EU_NAME (environments/eu.yaml:2)");
});

test("a keyword without quotes is typed, and may stand for a list, in an overlay too", () => {
  const overlay =
    "resourceServers:\n- identifier: ##API##\n  token_lifetime: ##LIFE##\nclients:\n- name: Web\n  callbacks: @@URLS@@\n";
  const { resourceServers, clients } = fill(overlay, {
    LIFE: "60",
    AUTH0_KEYWORD_REPLACE_MAPPINGS: '{"URLS":["https://eu"]}',
  });
  expect(resourceServers![0]).toMatchObject({ token_lifetime: 60, name: "API" });
  expect(clients![0]!.callbacks).toEqual(["https://eu"]);
});

test("keywords in keys merge as they are written, are filled, and must not become the same", () => {
  const base = "clients:\n- name: Web\n  client_metadata: { ##KEY##: base, x##N##: kept, plain: p }\n";
  const overlay = "clients:\n- name: Web\n  client_metadata: { ##KEY##: overlay, more: m }\n";
  const tenant = parse(overlay, base);
  expect(fillKeywords(tenant, { KEY: "team", N: "1" }).document.clients![0]).toMatchObject({
    client_metadata: { team: "overlay", x1: "kept", plain: "p", more: "m" },
  });
  expect(() => fillKeywords(tenant, { KEY: "more", N: "1" })).toThrow(/environments\/eu\.yaml:3 "more" stands twice/);
});
