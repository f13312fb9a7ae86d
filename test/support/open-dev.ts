import { readFileSync } from "node:fs";
import { decodeJwt, type JWTPayload } from "jose";
import type { Client } from "../../local/auth0/state/resources.ts";
import { createBrowser } from "../../local/http/browser.ts";
import { planLogin, redeem } from "./log-in.ts";
import type { LoginTenant } from "./login-tenant.ts";
import type { Script } from "./spawn-script.ts";

/** Milliseconds for what takes less than one second on a machine with nothing else to do. */
export const LONGEST_WAIT = 20_000;

/** `npm run dev`, as it runs. */
export interface Dev {
  readonly script: Script;
  readonly addresses: {
    readonly tenant: string;
    readonly page: string;
    readonly billing: string;
    readonly authority: string;
    readonly debugger: string;
  };
  /** Runs `act`, and resolves with what is said from then on, once that matches. */
  during(act: () => unknown, pattern: RegExp): Promise<string>;
  /** In the example, with the password of all that dev makes. */
  logIn(email: string): Promise<{ readonly token: string; readonly claims: JWTPayload }>;
}

/** Resolves once all that was started is there. */
export async function openDev(script: Script): Promise<Dev> {
  const said = await script.said(/Log in as/);
  const find = (name: string) => new RegExp(`${name} +(\\S+)`).exec(said)?.[1] ?? "";
  const addresses = {
    billing: find("billing"),
    tenant: find("tenant"),
    page: find("page and API"),
    authority: find("authority"),
    debugger: find("debugger"),
  };
  return {
    script,
    addresses,
    async during(act, pattern) {
      const { length } = script.stdout();
      await act();
      const late = AbortSignal.timeout(LONGEST_WAIT);
      for (;;) {
        const fresh = script.stdout().slice(length);
        if (pattern.test(fresh)) return fresh;
        await Promise.race([
          new Promise((resolve) => script.process.stdout?.once("data", resolve)),
          new Promise((_, reject) => {
            late.addEventListener("abort", () => reject(new Error(`did not say ${pattern} in time, but\n${fresh}`)));
          }),
          script.ended.then(() => {
            throw new Error(`ended before it said ${pattern}:\n${script.stdout()}${script.stderr()}`);
          }),
        ]);
      }
    },
    async logIn(email) {
      const tenant = { domain: new URL(addresses.tenant).host, caFile: addresses.authority } as LoginTenant;
      const { clientId } = (await (await fetch(`${addresses.page}/config.json`)).json()) as { clientId: string };
      const client = { client_id: clientId, token_endpoint_auth_method: "none" } as Client;
      const scope = "openid email get:users post:users";
      const attempt = await planLogin(tenant, client, { redirect_uri: `${addresses.page}/`, scope });
      const browser = createBrowser({ domain: tenant.domain, ca: readFileSync(addresses.authority, "utf8") });
      const page = await browser.open(attempt.url.href);
      const callback = await browser.submit(page, { username: email, password: "Only-here-1" }, "password");
      const { access_token: token } = await redeem(attempt, callback.url);
      return { token, claims: decodeJwt(token) };
    },
  };
}
