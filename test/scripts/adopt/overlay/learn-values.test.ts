import { expect, test } from "@jest/globals";
import { type Entry, labelOf } from "../../../../scripts/adopt/entry.ts";
import { listBaseEntries } from "../../../../scripts/adopt/overlay/base-entries.ts";
import { learnValues } from "../../../../scripts/adopt/overlay/learn-values.ts";
import { createEmptyTenant } from "../../../../scripts/adopt/read/source.ts";
import { parseTenant } from "../../../../scripts/tenant/read-tenant.ts";

const TEXT = `clients:
  - name: Shop
    description: "##WHAT##"
    callbacks: ["##URL##/cb", "##URL##/other"]
    web_origins: ["##URL##"]
    allowed_logout_urls: ["##HERE##", "##THERE##"]
    client_metadata: { two: "##A##-##B##", team: ##TEAM##, quoted: "##QUOTED##", secret: "@@SECRET@@" }
`;

const LIVE = {
  name: "Shop",
  description: "Where people buy",
  callbacks: ["https://south.example/cb", "https://south.example/other"],
  web_origins: ["https://south.example"],
  allowed_logout_urls: ["https://south.example/1", "https://south.example/2"],
  client_metadata: { two: "x-y", team: "7", quoted: 'with "quotes"', secret: "never" },
};

async function learn(live: object, environment: Readonly<Record<string, string>>, own = environment) {
  const file = parseTenant(TEXT, "tenant.yaml");
  const base = await listBaseEntries(file, environment, createEmptyTenant("south.example"));
  const wanted = new Map<string, Entry>(base.map((entry) => [labelOf(entry), { ...entry, value: live }]));
  return Object.fromEntries(learnValues({ file, base, wanted, environment, own }));
}

test("a keyword's value is what the tenant has in its place, also within a text, where all its places agree", async () => {
  expect(await learn(LIVE, {})).toEqual({
    WHAT: "Where people buy",
    URL: "https://south.example",
    HERE: "https://south.example/1",
    THERE: "https://south.example/2",
    TEAM: "7",
  });
  const { URL, ...others } = await learn({ ...LIVE, web_origins: ["https://north.example"] }, {});
  expect({ URL, count: Object.keys(others).length }).toEqual({ URL: undefined, count: 4 });
});

test("what the environment's own file says stays, and what another says right is not said again", async () => {
  const values = { WHAT: "Other", URL: "https://south.example" };
  expect(Object.keys(await learn(LIVE, values))).toEqual(["HERE", "THERE", "TEAM"]);
  expect(Object.keys(await learn(LIVE, values, {}))).toEqual(["WHAT", "HERE", "THERE", "TEAM"]);
});
