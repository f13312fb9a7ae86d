import type { Env, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { sendStyles } from "../pages/send-styles.ts";
import type { VerifyEmail } from "./verify-email.ts";

/** Bytes of a form: a state and a token. */
const LARGEST = 16 * 1024;

/** @param path of VERIFY_EMAIL_URL */
export function mountVerifyEmail<E extends Env>(app: Hono<E>, path: string, page: VerifyEmail): void {
  app.get(path, ({ req }) => page.show(new URL(req.url).searchParams));
  app.post(path, bodyLimit({ maxSize: LARGEST }), ({ req }) => page.handle(req.raw));
  app.get(`${path}/styles.css`, sendStyles);
}
