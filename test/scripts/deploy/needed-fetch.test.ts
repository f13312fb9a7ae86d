import { expect, test } from "@jest/globals";
import { createNeededFetch } from "../../../scripts/deploy/cli/needed-fetch.ts";
import { listPromptParts } from "../../../scripts/deploy/kinds/handed-over/prompt-parts.ts";

const API = "https://example.eu.auth0.com/api/v2";

/** What reaches the tenant of these requests, and what each was answered. */
async function ask(requests: readonly string[], parts?: readonly string[]) {
  const reached: string[] = [];
  const send = createNeededFetch(async (input, init) => {
    reached.push(`${init?.method ?? "GET"} ${String(input).replace(API, "")}`);
    return Response.json({ from: "the tenant" });
  }, parts);
  const answers = await Promise.all(
    requests.map(async (request) => {
      const [method = "", path = ""] = request.split(" ");
      return (await send(`${API}${path}`, { method })).json();
    }),
  );
  return { reached, answers };
}
const LIVE = { from: "the tenant" };

test.each<[string, readonly string[], readonly string[] | undefined, readonly string[], readonly unknown[]]>([
  ["the same list", ["GET /clients?page=0", "GET /clients?page=0"], undefined, ["GET /clients?page=0"], [LIVE, LIVE]],
  [
    "another page of it",
    ["GET /clients?page=0", "GET /clients?page=1"],
    undefined,
    ["GET /clients?page=0", "GET /clients?page=1"],
    [LIVE, LIVE],
  ],
  ["what is written", ["POST /clients", "POST /clients"], undefined, ["POST /clients", "POST /clients"], [LIVE, LIVE]],
  [
    "texts of prompts that tenant.yaml does not have",
    ["GET /prompts/login/custom-text/en", "GET /prompts/mfa/custom-text/en", "GET /prompts/login/custom-text/de"],
    ["login/custom-text/en"],
    ["GET /prompts/login/custom-text/en"],
    [LIVE, {}, {}],
  ],
  [
    "partials that it does not have",
    ["GET /prompts/signup/partials", "GET /prompts/login/partials", "GET /prompts"],
    ["signup/partials"],
    ["GET /prompts/signup/partials", "GET /prompts"],
    [LIVE, {}, LIVE],
  ],
  [
    "all of them for an adoption",
    ["GET /prompts/signup/partials", "GET /prompts/mfa/custom-text/en"],
    undefined,
    ["GET /prompts/signup/partials", "GET /prompts/mfa/custom-text/en"],
    [LIVE, LIVE],
  ],
])("one reading asks the tenant once, and for what is needed: %s", async (_, requests, parts, reached, answers) => {
  expect(await ask(requests, parts)).toEqual({ reached, answers });
});

test.each<[unknown, readonly string[]]>([
  [undefined, []],
  [{ identifier_first: true }, []],
  [
    { customText: { en: { login: {}, mfa: {} }, de: { login: {} } } },
    ["login/custom-text/en", "mfa/custom-text/en", "login/custom-text/de"],
  ],
  [{ partials: { signup: { signup: {} } } }, ["signup/partials"]],
])("of prompts %j these parts are wanted", (prompts, parts) => {
  expect(listPromptParts({ prompts } as never)).toEqual(parts);
});
