import type { Tone } from "../pages/render-page.ts";
import type { RefusalCode } from "./desk.ts";

/** What a person, or a client, is told. Texts are fixed: nothing of a user or of Stripe's answer is in them. */
export const REFUSALS: Readonly<
  Record<RefusalCode, { readonly status: number; readonly tone: Tone; readonly text: string }>
> = {
  account_unusable: { status: 403, tone: "bad", text: "This account cannot be used. Contact support." },
  payer_role_required: {
    status: 403,
    tone: "late",
    text: "Only members who may pay for your organization can do that. Ask one of them.",
  },
  email_unverified: {
    status: 403,
    tone: "late",
    text: "Your email address is not verified yet. Verify it, then subscribe.",
  },
  customer_conflict: {
    status: 409,
    tone: "bad",
    text: "There is a customer with your email address that is not yours. Contact support.",
  },
  nothing_to_manage: { status: 409, tone: "late", text: "There is nothing to manage yet: subscribe first." },
  not_for_sale: { status: 404, tone: "late", text: "This cannot be subscribed to here at the moment." },
  already_subscribed: { status: 409, tone: "good", text: "You are subscribed to this already." },
  too_many_requests: { status: 429, tone: "late", text: "Too many attempts. Wait a minute, then try again." },
  form_outdated: { status: 403, tone: "late", text: "This page was out of date, and nothing was done. Try again." },
  temporarily_unavailable: { status: 503, tone: "bad", text: "That did not work. Try again in a minute." },
};
