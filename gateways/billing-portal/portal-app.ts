import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import type { Authorizer } from "../authorizer/authorizer.ts";
import { sendStyles } from "../pages/send-styles.ts";
import { answerAccount, answerMachine, answerRefusedToken, answerWay } from "./answer-json.ts";
import { type BrowserPages, readOrganization } from "./browser-pages.ts";
import type { Cookies } from "./cookies.ts";
import type { Desk, Way } from "./desk.ts";
import type { Who } from "./payers.ts";
import { REFUSALS } from "./refusals.ts";
import { identifyVisitor, isOwnForm } from "./visitor.ts";

export interface PortalAppParts {
  /** Where browsers reach the portal. */
  readonly url: URL;
  readonly authorizer: Pick<Authorizer, "identify">;
  readonly cookies: Cookies;
  readonly desk: Desk;
  readonly pages: BrowserPages;
  readonly returnUrls: readonly string[];
}

/** Bytes of a form. */
const LARGEST = 16 * 1024;

export function createPortalApp({ url, authorizer, cookies, desk, pages, returnUrls }: PortalAppParts): Hono {
  const { pathname: path, origin } = url;
  const app = new Hono();
  // For applications that come with a token from a browser. No cookie goes along.
  const origins = new Set(returnUrls.map((one) => new URL(one).origin));
  app.use(path, cors({ origin: [...origins], allowHeaders: ["authorization", "content-type"] }));
  app.use(`${path}/*`, cors({ origin: [...origins], allowHeaders: ["authorization", "content-type"] }));

  app.get(path, async ({ req: { raw: request } }) => {
    const visitor = await identifyVisitor(request, { authorizer, cookies });
    if (visitor.kind === "refused") return answerRefusedToken(visitor.refusal);
    if (visitor.kind === "machine") return answerMachine();
    if (visitor.kind === "token") return answerAccount(await desk.show(visitor, false));
    const refused = pages.refuseQuery(request);
    if (refused) return refused;
    const asked = readOrganization(request);
    const isElsewhere = visitor.kind === "nobody" || (asked !== undefined && asked !== visitor.organization);
    const answer = await (isElsewhere ? pages.startLogin(request) : pages.show(request, visitor));
    const returnTo = new URL(request.url).searchParams.get("return_to");
    if (returnTo !== null) answer.headers.append("set-cookie", cookies.writeReturn(returnTo));
    return answer;
  });
  app.get(`${path}/callback`, ({ req: { raw: request } }) => pages.finishLogin(request));
  app.get(`${path}/styles.css`, sendStyles);

  const onClick = async (request: Request, click: (who: Who, fields: URLSearchParams) => Promise<Way>) => {
    const visitor = await identifyVisitor(request, { authorizer, cookies });
    if (visitor.kind === "refused") return answerRefusedToken(visitor.refusal);
    if (visitor.kind === "machine") return answerMachine();
    const fields = new URLSearchParams(await request.text());
    if (visitor.kind === "token") return answerWay(await click(visitor, fields));
    // The session may be over since the page was shown: nothing was done, and after a login it can be.
    if (visitor.kind === "nobody") return pages.startLogin(request);
    if (!isOwnForm(request, fields, visitor, origin)) return pages.show(request, visitor, REFUSALS.form_outdated);
    return pages.go(request, visitor, await click(visitor, fields));
  };
  const limit = bodyLimit({ maxSize: LARGEST });
  app.post(`${path}/checkout`, limit, ({ req }) =>
    onClick(req.raw, (who, fields) => desk.subscribe(who, fields.get("scope") ?? "")),
  );
  app.post(`${path}/manage`, limit, ({ req }) =>
    onClick(req.raw, (who, fields) => desk.manage(who, readSubscription(fields))),
  );
  return app;
}

function readSubscription(fields: URLSearchParams): string | undefined {
  const id = fields.get("subscription") ?? "";
  return /^sub_\w{1,250}$/.test(id) ? id : undefined;
}
