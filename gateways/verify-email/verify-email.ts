import { describeFailure } from "../authorizer/billing/describe-failure.ts";
import type { AttemptLimit } from "../pages/attempt-limit.ts";
import { isFromElsewhere } from "../pages/is-from-elsewhere.ts";
import { seeOther } from "../pages/see-other.ts";
import type { EmailVerification } from "./email-verification.ts";
import { type Banner, renderOver, renderVerifyEmail, type Waiting } from "./render-verify-email.ts";
import type { ReadSessionToken, WaitingLogin } from "./session-token.ts";

export interface VerifyEmailParts {
  /** VERIFY_EMAIL_URL: where browsers reach the page. */
  readonly url: URL;
  readonly readSessionToken: ReadSessionToken;
  readonly verification: EmailVerification;
  readonly limits: {
    /** Messages for one user. */
    readonly messages: AttemptLimit;
    /** Questions to Auth0 about one user: its API's rate is for everybody. */
    readonly checks: AttemptLimit;
  };
  readonly log: (line: string) => void;
}

export interface VerifyEmail {
  /** @param query of an address, or the fields of a form */
  show(query: URLSearchParams): Promise<Response>;
  handle(request: Request): Promise<Response>;
}

const OVER = "This page belongs to a login that is over. Log in again from the application.";
const SENT: Banner = { tone: "good", text: "The message is on its way." };
const SENT_ALREADY: Banner = {
  tone: "late",
  text: "The message was sent a moment ago. Wait a minute before the next one.",
};
const NOT_YET: Banner = { tone: "late", text: "The address is not verified yet. Open the link in the message first." };
const TOO_OFTEN: Banner = { tone: "late", text: "Too many attempts. Wait a minute, then continue." };
const FAILED: Banner = { tone: "bad", text: "That did not work. Try again in a minute." };

/**
 * The page that require-verified-email sends people to. The Action's session token says which user it is for. Only that user's
 * browser has it, so that it protects the forms against other sites, too. Whether the address is verified only Auth0 knows, and the
 * Action asks again: this page lets nobody in.
 */
export function createVerifyEmail({ url, readSessionToken, verification, limits, log }: VerifyEmailParts): VerifyEmail {
  const { pathname: path, origin } = url;

  const withLogin = async (
    fields: URLSearchParams,
    then: (login: WaitingLogin, waiting: Waiting) => Promise<Response>,
  ): Promise<Response> => {
    const waiting = { state: fields.get("state") ?? "", sessionToken: fields.get("session_token") ?? "" };
    const login = await readSessionToken(waiting.sessionToken);
    return login === undefined || waiting.state === "" ? renderOver(path, OVER, 400) : then(login, waiting);
  };
  const send = async ({ userId }: WaitingLogin, waiting: Waiting): Promise<Response> => {
    if (!limits.messages.take(userId)) return renderVerifyEmail(path, waiting, SENT_ALREADY, 429);
    await verification.send(userId);
    return renderVerifyEmail(path, waiting, SENT);
  };
  const goOn = async ({ userId, origin: tenant }: WaitingLogin, waiting: Waiting): Promise<Response> => {
    if (!limits.checks.take(userId)) return renderVerifyEmail(path, waiting, TOO_OFTEN, 429);
    // The Action denies the login of whoever comes back too early, and that is its end.
    if (!(await verification.isVerified(userId))) return renderVerifyEmail(path, waiting, NOT_YET);
    return seeOther(`${tenant}/continue?${new URLSearchParams({ state: waiting.state })}`);
  };

  return {
    show: (query) => withLogin(query, (_login, waiting) => renderVerifyEmail(path, waiting)),
    async handle(request) {
      if (isFromElsewhere(request, origin)) return renderOver(path, OVER, 403);
      const fields = new URLSearchParams(await request.text());
      return withLogin(fields, async (login, waiting) => {
        try {
          return await (fields.get("step") === "send" ? send : goOn)(login, waiting);
        } catch (error) {
          log(`verify-email: Auth0 does not do what is asked: ${describeFailure(error)}`);
          return renderVerifyEmail(path, waiting, FAILED, 503);
        }
      });
    },
  };
}
