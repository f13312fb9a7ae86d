import { describeFailure } from "../authorizer/billing/describe-failure.ts";
import { isOrganizationId } from "../authorizer/organization-id.ts";
import { seeOther } from "../pages/see-other.ts";
import type { Cookies, Session } from "./cookies.ts";
import type { Desk, Way } from "./desk.ts";
import { type Login, LoginRefused } from "./login.ts";
import { REFUSALS } from "./refusals.ts";
import { type Banner, renderPortal, renderPortalMessage } from "./render-portal.ts";

export interface BrowserPagesParts {
  readonly desk: Desk;
  readonly login: Login;
  readonly cookies: Cookies;
  /** Of the portal's address. */
  readonly path: string;
  /** Where people may be sent back to; the first is where they are, unless their application has asked for another. */
  readonly returnUrls: readonly string[];
  readonly log: (line: string) => void;
}

/** What people see in a browser. */
export interface BrowserPages {
  startLogin(request: Request): Promise<Response>;
  finishLogin(request: Request): Promise<Response>;
  show(request: Request, session: Session, banner?: Banner): Promise<Response>;
  go(request: Request, session: Session, way: Way): Promise<Response>;
  /** Undefined: the application asks for nothing, or for what it may have. */
  refuseQuery(request: Request): Promise<Response> | undefined;
}

const DONE: Readonly<Record<string, Banner>> = {
  subscribed: { tone: "good", text: "Thank you. Your subscription is active." },
  waiting: { tone: "late", text: "Thank you. Your payment is on its way: look again in a minute." },
};

const LOGIN_OVER: Banner = {
  tone: "bad",
  text: "This login is over, or was started in another browser.",
  status: 403,
};

/** The one that the application has its user log in to. */
export const readOrganization = (request: Request): string | undefined =>
  new URL(request.url).searchParams.get("organization") ?? undefined;

export function createBrowserPages(parts: BrowserPagesParts): BrowserPages {
  const { desk, login, cookies, path, returnUrls, log } = parts;
  const show: BrowserPages["show"] = async (request, session, banner) => {
    const { searchParams: query } = new URL(request.url);
    const done = query.get("done");
    const account = await desk.show(session, done !== null);
    if (account.kind === "refused") return renderPortalMessage(path, REFUSALS[account.code], "Try again");
    const { statement, email, hasCustomer, organization, mayPay } = account;
    const isActive = statement?.rows.some(({ standing }) => /^(?:active|trial|ending)$/.test(standing.kind));
    const thanks = done === "checkout" ? DONE[isActive ? "subscribed" : "waiting"] : undefined;
    const unread = statement === undefined ? REFUSALS.temporarily_unavailable : undefined;
    const asked = query.get("return_to") ?? cookies.readReturn(request.headers.get("cookie") ?? undefined);
    return renderPortal({
      path,
      email,
      organization: organization?.name,
      mayPay,
      statement,
      formToken: session.formToken,
      hasCustomer,
      returnTo: returnUrls.find((one) => one === asked) ?? returnUrls[0],
      banner: banner ?? unread ?? thanks,
    });
  };

  return {
    async startLogin(request) {
      try {
        const { url, started } = await login.start(readOrganization(request));
        return seeOther(url, { "set-cookie": await cookies.writeLogin(started) });
      } catch (error) {
        log(`billing portal: no login, the tenant does not answer: ${describeFailure(error)}`);
        return renderPortalMessage(path, REFUSALS.temporarily_unavailable, "Try again");
      }
    },
    async finishLogin(request) {
      const started = await cookies.readLogin(request.headers.get("cookie") ?? undefined);
      if (started === undefined) return renderPortalMessage(path, LOGIN_OVER, "Log in");
      try {
        const who = await login.finish(new URL(request.url).search, started);
        const answer = seeOther(path, { "set-cookie": await cookies.startSession(who) });
        answer.headers.append("set-cookie", cookies.endLogin);
        return answer;
      } catch (error) {
        if (!(error instanceof LoginRefused)) {
          log(`billing portal: no login, the tenant does not answer: ${describeFailure(error)}`);
          return renderPortalMessage(path, REFUSALS.temporarily_unavailable, "Log in");
        }
        log(`billing portal: ${error.message}`);
        return renderPortalMessage(path, { ...LOGIN_OVER, text: error.description ?? LOGIN_OVER.text }, "Log in");
      }
    },
    show,
    go(request, session, way) {
      if (way.kind === "go") return Promise.resolve(seeOther(way.url));
      return show(request, session, REFUSALS[way.code]);
    },
    refuseQuery(request) {
      const organization = readOrganization(request);
      if (organization !== undefined && !isOrganizationId(organization)) {
        const text = "organization is not the id of an organization: org_, and letters and digits.";
        return renderPortalMessage(path, { tone: "bad", text, status: 400 });
      }
      const asked = new URL(request.url).searchParams.get("return_to");
      if (asked === null || returnUrls.includes(asked)) return undefined;
      const text = "return_to is not one of the addresses that the portal's settings allow (PORTAL_RETURN_URLS).";
      return renderPortalMessage(path, { tone: "bad", text, status: 400 });
    },
  };
}
