import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Clock } from "../../clock.ts";
import { digest, newSecret } from "../digest.ts";
import type { Session } from "../state/session.ts";

/** `SameSite=None`, because silent authentication reads them in a frame of another site. */
const ATTRIBUTES = { path: "/", httpOnly: true, secure: true, sameSite: "None" } as const;
const SESSION = "auth0";
const DEVICE = "did";
/** 365 days, in seconds. */
const DEVICE_AGE = 31_536_000;

export const readSessionCookie = (context: Context): string | undefined => getCookie(context, SESSION);

export function sendSessionCookie(clock: Clock, context: Context, session: Session, cookie: string): void {
  const seconds = Math.floor((session.expires_at - clock()) / 1000);
  setCookie(context, SESSION, cookie, {
    ...ATTRIBUTES,
    ...(session.cookie_mode === "persistent" && { maxAge: seconds }),
  });
}

export function clearSessionCookie(context: Context): void {
  deleteCookie(context, SESSION, ATTRIBUTES);
}

/** Digest of what tells this browser from others; one that has nothing yet is given it. Logins are tied to it. */
export function ensureDevice(context: Context): string {
  const known = readDevice(context);
  if (known !== undefined) return known;
  const device = newSecret();
  setCookie(context, DEVICE, device, { ...ATTRIBUTES, maxAge: DEVICE_AGE });
  return digest(device);
}

export function readDevice(context: Context): string | undefined {
  const device = getCookie(context, DEVICE);
  return device === undefined || device === "" ? undefined : digest(device);
}
