import { openBillingPortal, type PortalDependencies } from "../billing-portal/open-portal.ts";
import { mountVerifyEmail } from "../verify-email/mount-verify-email.ts";
import { openVerifyEmail } from "../verify-email/open-verify-email.ts";
import type { ForwardAuthApp } from "./app.ts";
import type { PagesSettings } from "./read-pages.ts";

/** Serves the pages for people beside the decision. */
export function mountPages(
  app: ForwardAuthApp,
  { verifyEmail, portal: settings }: PagesSettings,
  dependencies: PortalDependencies & { readonly fetch: typeof fetch; readonly log: (line: string) => void },
): void {
  if (verifyEmail) mountVerifyEmail(app, verifyEmail.url.pathname, openVerifyEmail(verifyEmail, dependencies));
  if (settings) {
    const portal = openBillingPortal(settings, dependencies);
    app.all(portal.path, ({ req }) => portal.fetch(req.raw));
    app.all(`${portal.path}/*`, ({ req }) => portal.fetch(req.raw));
  }
}
