import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { ActionRequest } from "../../../../../local/auth0/actions/login-context.ts";
import type { LoginRedirected } from "../../../../../local/auth0/actions/outcome.ts";
import {
  buildLogin,
  outputs,
  startTenantWithActions,
  type TenantWithActions,
} from "../../../../support/tenant-with-actions.ts";

let actions: TenantWithActions;
beforeAll(async () => {
  actions = await startTenantWithActions();
});
beforeEach(() => {
  actions.addUser();
});
afterAll(() => actions.close());

const REDIRECT = `api.redirect.sendUserTo("https://app.example.com/verify?a=1", { query: { a: "2", b: "3" } });`;
const continued = (execute: string, resume: string) => ({
  code: `exports.onExecutePostLogin = async (event, api) => { ${execute} };
    exports.onContinuePostLogin = async (event, api) => { ${resume} };`,
});

async function redirect(): Promise<LoginRedirected> {
  const outcome = await actions.login();
  if (outcome.kind !== "redirected") throw new Error(`expected a redirect, got ${JSON.stringify(outcome)}`);
  return outcome;
}

const continueRequest = (query: Record<string, unknown> = {}): ActionRequest => ({
  ...buildLogin().request,
  query: { state: "opaque", ...query },
});
const resume = ({ suspended }: LoginRedirected, request = continueRequest()) =>
  // As it comes back from wherever the server kept it.
  actions.tenant.actions.resumePostLogin(JSON.parse(JSON.stringify(suspended)), request);

describe("a redirect", () => {
  test("suspends after its Action, with metadata written before the browser leaves", async () => {
    actions.bind(
      `api.user.setAppMetadata("first", 1)`,
      continued(`${REDIRECT} console.log("finished"); api.user.setUserMetadata("asked", true)`, ""),
      `console.log("later")`,
    );
    const outcome = await redirect();
    expect(outcome.url).toBe("https://app.example.com/verify?a=2&b=3");
    expect(outputs(outcome)).toEqual(["", "finished\n"]);
    expect(outcome.actions[1]!.effect).toBe("redirected");
    expect(actions.readUser()).toMatchObject({ app_metadata: { first: 1 }, user_metadata: { asked: true } });
  });

  test("goes on in the Action that asked for it, then with later ones; earlier ones do not run again", async () => {
    actions.bind(
      `console.log("first"); api.idToken.setCustomClaim("first", 1); api.transaction.setMetadata("t", "kept")`,
      continued(
        `console.log("execute"); ${REDIRECT}`,
        `console.log("continue", event.request.query.code, event.transaction.metadata.t, event.user.email_verified)`,
      ),
      `console.log("last", event.transaction.protocol, event.stats.logins_count); api.accessToken.addScope("x")`,
    );
    actions.addUser({ email_verified: false });
    const first = await redirect();
    actions.addUser({ email_verified: true });
    const outcome = await resume(first, continueRequest({ code: "1234" }));
    expect(outputs(first)).toEqual(["first\n", "execute\n"]);
    expect(outputs(outcome)).toEqual(["continue 1234 kept true\n", "last oidc-basic-profile 1\n"]);
    expect(outcome).toMatchObject({
      kind: "completed",
      idTokenClaims: new Map([["first", 1]]),
      scopeChanges: new Map([["x", "add"]]),
    });
  });

  test("is one execution, suspended and then final", async () => {
    actions.bind(continued(REDIRECT, ""), "");
    const first = await redirect();
    const read = () => actions.tenant.state.actionExecutions.get(first.executionId!);
    expect(read()).toMatchObject({ status: "suspended", results: [{}] });
    const outcome = await resume(first);
    expect(outcome.executionId).toBe(first.executionId);
    expect(read()?.status).toBe("final");
    expect(read()?.results).toHaveLength(3);
  });

  test("can be followed by another; one whose Action is no longer bound fails the login", async () => {
    actions.bind(continued(REDIRECT, REDIRECT));
    const first = await redirect();
    const second = await resume(first);
    expect(second.kind).toBe("redirected");
    actions.bind("");
    expect(await resume(second as LoginRedirected)).toMatchObject({
      kind: "failed",
      error: { errorClass: "platform_error", message: "The Action that redirected is not bound any more." },
    });
  });

  test("keeps what was recorded on the way, once it is done", async () => {
    const twice = `api.authentication.recordMethod("https://app.example.com/a"); if (event.request.query.again) { ${REDIRECT} }`;
    actions.bind(continued(REDIRECT, twice));
    const second = (await resume(await redirect(), continueRequest({ again: "1" }))) as LoginRedirected;
    const outcome = await resume(second);
    expect(outcome).toMatchObject({
      kind: "completed",
      recordedMethods: [{ name: "https://app.example.com/a" }, { name: "https://app.example.com/a" }],
    });
  });

  test("of a denied login is not reached", async () => {
    actions.bind(continued(`${REDIRECT} api.access.deny("no")`, ""));
    expect(await actions.login()).toMatchObject({ kind: "denied", reason: "no" });
  });

  test.each([
    ["a relative URL", "/verify"],
    ["no URL", "not a url"],
  ])("to %s throws in the Action", async (_name, url) => {
    actions.bind(continued(`api.redirect.sendUserTo(${JSON.stringify(url)})`, ""));
    expect(await actions.login()).toMatchObject({ kind: "failed", error: { message: "Invalid URL" } });
  });
});

describe("a token that goes along", () => {
  const SECRET = "a secret that both sides know";
  const action = {
    ...continued(
      `api.redirect.sendUserTo("https://app.example.com/", { query: {
         session_token: api.redirect.encodeToken({ secret: event.secrets.SECRET, payload: { state: "opaque" }, expiresInSeconds: 60 }) } })`,
      `console.log(api.redirect.validateToken({ secret: event.secrets.SECRET }).sub)`,
    ),
    secrets: { SECRET },
  };
  const tokenOf = ({ url }: LoginRedirected) => new URL(url).searchParams.get("session_token");

  test("is valid when it comes back with the state", async () => {
    actions.bind(action);
    const first = await redirect();
    const outcome = await resume(first, continueRequest({ session_token: tokenOf(first) }));
    expect(outputs(outcome)).toEqual(["auth0|ada\n"]);
  });

  test("is refused with another state", async () => {
    actions.bind(action);
    const first = await redirect();
    const outcome = await resume(first, continueRequest({ session_token: tokenOf(first), state: "another" }));
    expect(outcome).toMatchObject({
      kind: "failed",
      error: { message: "The session token is invalid: State in the token does not match the /continue state." },
    });
  });

  test("is refused without one", async () => {
    actions.bind(action);
    expect(await resume(await redirect())).toMatchObject({
      kind: "failed",
      error: {
        message: "There is no parameter called 'session_token' available in either the POST body or query string.",
      },
    });
  });

  test("never gets into the log", async () => {
    actions.bind(action);
    const first = await redirect();
    const token = String(tokenOf(first));
    expect(token.split(".")).toHaveLength(3);
    expect(JSON.stringify([first.logDetails, first.actions, actions.log])).not.toContain(token);
  });
});
