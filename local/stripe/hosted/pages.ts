import { type Context, Hono } from "hono";
import type { Account } from "../account.ts";
import { createCheckoutPage } from "./checkout-page.ts";
import { STYLESHEET, sendStyles } from "./layout.ts";
import { createPortalPage } from "./portal-page.ts";

/** The pages that Stripe hosts: Checkout and the customer portal. They ask for no API key. */
export function createHostedPages(account: Account, catchUp: () => void): Hono {
  const checkout = createCheckoutPage(account);
  const portal = createPortalPage(account);
  const pages = new Hono();
  const serve = (handle: (context: Context) => Promise<Response>) => (context: Context) => {
    catchUp();
    return handle(context);
  };
  pages.get(STYLESHEET, sendStyles);
  pages.get("/c/pay/:id", serve(checkout.show));
  pages.post("/c/pay/:id", serve(checkout.submit));
  pages.get("/p/session/:secret", serve(portal.show));
  pages.post("/p/session/:secret/:action", serve(portal.submit));
  return pages;
}
