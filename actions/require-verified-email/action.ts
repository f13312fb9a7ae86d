import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { failClosed } from "../shared/fail-closed.ts";
import { mustVerify } from "./must-verify.ts";
import { readVerificationPage } from "./settings.ts";

const NAME = "require-verified-email";
const NOT_VERIFIED = "Please verify your email address, then log in again.";

/** Sends a user whose email is not verified to the page that asks for it. */
export const onExecutePostLogin = async (event: Event, api: PostLoginAPI) =>
  failClosed(NAME, api, () => {
    if (!mustVerify(event)) return;
    const page = readVerificationPage(event.secrets);
    if (page === undefined) {
      console.log(`${NAME}: denied, the email is not verified and VERIFY_EMAIL_URL is not set`);
      api.access.deny(NOT_VERIFIED);
      return;
    }
    // Also under prompt=none: Auth0 then answers interaction_required, and the client shows a login.
    const token = api.redirect.encodeToken({ secret: page.sessionTokenSecret, payload: {} });
    api.redirect.sendUserTo(page.url, { query: { session_token: token } });
  });

/**
 * Back from the page. What the browser brings along proves nothing: Auth0 has read the user again, and its word alone counts.
 */
export const onContinuePostLogin = async (event: Event, api: PostLoginAPI) =>
  failClosed(NAME, api, () => {
    if (event.user.email_verified === true) return;
    console.log(`${NAME}: denied, back from verification with an email that is not verified`);
    api.access.deny(NOT_VERIFIED);
  });
