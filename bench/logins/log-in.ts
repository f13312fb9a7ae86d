import { createHash, randomBytes } from "node:crypto";
import type { HttpClient, Reply } from "./http-client.ts";
import { PASSWORD, personEmail } from "./people.ts";
import type { ServerFacts } from "./server.ts";

export type LogIn = (client: HttpClient, facts: ServerFacts, index: number) => Promise<void>;

/** Authorization request, login page, password, back through the Actions, code for tokens: five requests. */
export const logInToTenant: LogIn = async (client, facts, index) => {
  const { origin } = facts;
  const { url, verifier } = planLogin(facts, index);
  const page = next(await client.send("GET", url), origin);
  await client.send("GET", page);
  const form = {
    state: new URL(page).searchParams.get("state") ?? "",
    username: personEmail(index),
    password: PASSWORD,
  };
  const resume = next(await client.send("POST", `${origin}/u/login`, { form }), origin);
  const callback = next(await client.send("GET", resume), origin);
  await redeem(client, facts, callback, verifier);
};

/** As auth0.js does it in the simulator's page: the same number of requests and one more, the form between. */
export const logInToSimulacrum: LogIn = async (client, facts, index) => {
  const { origin } = facts;
  const { url, verifier } = planLogin(facts, index);
  const page = next(await client.send("GET", url), origin);
  await client.send("GET", page);
  const asked = Object.fromEntries(new URL(page).searchParams);
  const json = { ...asked, client_id: asked.client, username: personEmail(index), password: PASSWORD };
  const { text } = await client.send("POST", `${origin}/usernamepassword/login`, { json });
  const wctx = /name="wctx" value="([^"]*)"/.exec(text)?.[1]?.replaceAll("&quot;", '"').replaceAll("&amp;", "&") ?? "";
  const callback = next(await client.send("POST", `${origin}/login/callback`, { form: { wctx } }), origin);
  await redeem(client, facts, callback, verifier);
};

function planLogin({ origin, login }: ServerFacts, index: number): { readonly url: string; readonly verifier: string } {
  if (login === undefined) throw new Error("This server has no login.");
  const verifier = randomBytes(32).toString("base64url");
  const query = new URLSearchParams({
    client_id: login.clientId,
    redirect_uri: login.callback,
    audience: login.audience,
    response_type: "code",
    scope: "openid profile email offline_access get:users",
    state: `state-${index}`,
    nonce: randomBytes(12).toString("base64url"),
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  return { url: `${origin}/authorize?${query}`, verifier };
}

async function redeem(client: HttpClient, { origin, login }: ServerFacts, callback: string, verifier: string) {
  const code = new URL(callback).searchParams.get("code");
  if (code === null) throw new Error(`No code: ${callback}`);
  const { status, text } = await client.send("POST", `${origin}/oauth/token`, {
    json: {
      grant_type: "authorization_code",
      client_id: login?.clientId,
      redirect_uri: login?.callback,
      code_verifier: verifier,
      code,
    },
  });
  if (status !== 200 || !text.includes('"id_token"')) throw new Error(`No tokens: ${status} ${text}`);
}

function next({ status, location, text }: Reply, origin: string): string {
  if (location === undefined) throw new Error(`Not sent on: ${status} ${text.slice(0, 200)}`);
  return new URL(location, origin).href;
}
