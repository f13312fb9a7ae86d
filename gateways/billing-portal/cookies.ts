import { hkdfSync, randomBytes } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import type { Who } from "./payers.ts";

/** Who is logged in at the portal. */
export interface Session extends Who {
  /** What only this session's pages have: the token of their forms. */
  readonly formToken: string;
}

/** A login that is under way in this browser. */
export interface StartedLogin {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** That it is for, `org_…`. */
  readonly organization: string | undefined;
}

export interface CookieOptions {
  /** The client's secret, so that each node of the service knows the others' cookies, and all end when it is rotated. */
  readonly secret: string;
  /** Whether browsers reach the portal by https; without it only on loopback. */
  readonly isSecure: boolean;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** Writing gives the value of a Set-Cookie header, reading takes that of a Cookie header. */
export interface Cookies {
  startSession(who: Who): Promise<string>;
  readSession(header: string | undefined): Promise<Session | undefined>;
  writeLogin(login: StartedLogin): Promise<string>;
  readLogin(header: string | undefined): Promise<StartedLogin | undefined>;
  readonly endLogin: string;
  /** Where the application wants its user back: an address that the settings allow, which is looked at again when it is read. */
  writeReturn(url: string): string;
  readReturn(header: string | undefined): string | undefined;
}

/** Seconds. A session is over soon after a person has gone: it opens invoices and cards. */
const SESSION_LASTS = 30 * 60;
const LOGIN_LASTS = 15 * 60;
/** Characters; browsers keep no longer ones. */
const LONGEST = 4096;

/**
 * Those that are believed are JWTs, signed and not secret. `__Host-` keeps a page of a neighbouring host from planting one of its own;
 * `Lax`, because the ways back from the tenant and from Stripe start at other sites.
 */
export function createCookies({ secret, isSecure, clock }: CookieOptions): Cookies {
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "billing portal: cookies", 32));
  const nameOf = (kind: string): string => `${isSecure ? "__Host-" : ""}billing-${kind}`;

  const render = (kind: string, value: string, seconds: number): string =>
    `${nameOf(kind)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure ? "; Secure" : ""}`;
  const find = (kind: string, header = ""): string | undefined => {
    const start = `${nameOf(kind)}=`;
    const value = header.split(/; */).find((one) => one.startsWith(start));
    return value === undefined || value.length > LONGEST ? undefined : value.slice(start.length);
  };
  const sign = async (kind: string, claims: Record<string, unknown>, seconds: number): Promise<string> => {
    const now = Math.floor(clock() / 1000);
    const token = new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).setAudience(kind);
    return render(
      kind,
      await token
        .setIssuedAt(now)
        .setExpirationTime(now + seconds)
        .sign(key),
      seconds,
    );
  };
  const verify = async (kind: string, header: string | undefined): Promise<Record<string, unknown>> => {
    const options = { algorithms: ["HS256"], audience: kind, requiredClaims: ["exp"], currentDate: new Date(clock()) };
    try {
      return (await jwtVerify(find(kind, header) ?? "", key, options)).payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return {};
      throw error;
    }
  };

  return {
    startSession: ({ userId, organization }) =>
      sign(
        "session",
        { sub: userId, org_id: organization, form: randomBytes(24).toString("base64url") },
        SESSION_LASTS,
      ),
    async readSession(header) {
      const { sub, form, org_id: organization } = await verify("session", header);
      return typeof sub === "string" && typeof form === "string"
        ? { userId: sub, formToken: form, organization: readText(organization) }
        : undefined;
    },
    writeLogin: (login) => sign("login", { ...login }, LOGIN_LASTS),
    async readLogin(header) {
      const { state, nonce, verifier, organization } = await verify("login", header);
      if (typeof state !== "string" || typeof nonce !== "string" || typeof verifier !== "string") return undefined;
      return { state, nonce, verifier, organization: readText(organization) };
    },
    endLogin: render("login", "", 0),
    writeReturn: (url) => render("return", Buffer.from(url).toString("base64url"), SESSION_LASTS),
    readReturn(header) {
      const value = find("return", header);
      return value === undefined ? undefined : Buffer.from(value, "base64url").toString();
    },
  };
}

const readText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
