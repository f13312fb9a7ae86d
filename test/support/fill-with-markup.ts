import type Stripe from "stripe";
import type { LoginTenant } from "./login-tenant.ts";
import { sell } from "./stripe-catalogue.ts";

/** Markup in every text that a tenant and a Stripe account keep. */
export const MARKUP = `"'><img data-taken src=x onerror="window.taken = 1"><script data-taken>window.taken = 1</script>`;
export const LINK = "javascript:window.taken=1";
const WELCOME = {
  messageType: "welcome_email",
  html: "",
  request: { ip: MARKUP, method: "POST", hostname: MARKUP, query: {}, body: {} },
} as const;
/** Of a person who can log in. */
export const MARKUP_EMAIL = "ada@example.org";
const CONNECTED = {
  assign_membership_on_login: false,
  is_signup_enabled: false,
  show_as_button: true,
  is_enabled: true,
  organization_access_level: "none",
};

/** An Action that says it in each place where one can say something. @param effect what it does at its end */
export function bindMarkup(tenant: LoginTenant, effect = ""): void {
  const text = JSON.stringify(MARKUP);
  tenant.bind({
    name: MARKUP,
    secrets: { [MARKUP]: "not shown" },
    code: `// ${MARKUP}
exports.onExecutePostLogin = async (event, api) => {
  console.log(${text});
  api.accessToken.setCustomClaim("https://x/" + ${text}, ${text});
  api.idToken.setCustomClaim("https://x/id", { [${text}]: [${text}] });
  api.user.setAppMetadata("plan", ${text});
  api.user.setUserMetadata("bio", ${text});
  ${effect}
};`,
  });
}

export async function fillTenant(tenant: LoginTenant): Promise<void> {
  const { state } = tenant.tenant;
  const texts = { plan: MARKUP };
  state.settings.set("tenant", { friendly_name: MARKUP });
  tenant.setApi({
    ...tenant.api,
    name: MARKUP,
    skip_consent_for_verifiable_first_party_clients: false,
    scopes: [...(tenant.api.scopes ?? []), { value: MARKUP, description: MARKUP }],
  });
  tenant.setClient({ ...tenant.spa, name: MARKUP, organization_usage: "allow" });
  tenant.setClient({ ...tenant.web, name: MARKUP, callbacks: [LINK, MARKUP] });
  tenant.setConnection({
    id: "con_google",
    name: "google-oauth2",
    strategy: "google-oauth2",
    display_name: MARKUP,
    options: {},
    realms: ["google-oauth2"],
    enabled_clients: [tenant.spa.client_id],
  });
  state.roles.set("rol_1", { id: "rol_1", name: MARKUP, permissions: [] });
  for (const id of ["org_1", "org_2"]) {
    state.organizations.set(id, { id, name: id, display_name: MARKUP, metadata: texts });
    const connected = { ...CONNECTED, id: `${id}:${tenant.database.id}`, organization_id: id };
    state.organizationConnections.set(connected.id, { ...connected, connection_id: tenant.database.id });
  }
  const ada = await tenant.addUser(MARKUP_EMAIL, { id: "ada", email_verified: true });
  const taken = {
    email: MARKUP,
    name: MARKUP,
    nickname: MARKUP,
    picture: LINK,
    app_metadata: texts,
    user_metadata: texts,
  };
  state.users.set("auth0|taken", { ...ada, user_id: "auth0|taken", ...taken });
  for (const [organization_id, user_id] of [
    ["org_1", ada.user_id],
    ["org_2", ada.user_id],
    ["org_1", "auth0|taken"],
  ] as const) {
    const id = `${organization_id}:${user_id}`;
    state.organizationMembers.set(id, { id, organization_id, user_id, roles: ["rol_1"] });
  }
  const grant = { id: "cgr_1", client_id: tenant.web.client_id, audience: tenant.api.identifier, scope: [MARKUP] };
  state.clientGrants.set("cgr_1", { ...grant, subject_type: "client" });
  const text = `${MARKUP} ${LINK}`;
  tenant.tenant.actions.deliverMail({ ...WELCOME, to: MARKUP, subject: MARKUP, text });
}

/** @returns addresses of a Checkout and of a customer portal */
export async function fillStripe(client: Stripe): Promise<readonly string[]> {
  const { id: customer } = await client.customers.create({ email: MARKUP_EMAIL, name: MARKUP, description: MARKUP });
  const { price } = await sell(client, MARKUP, { nickname: MARKUP });
  await client.subscriptions.create({ customer, items: [{ price }] });
  await client.billing.meters.create({
    display_name: MARKUP,
    event_name: MARKUP.slice(0, 90),
    default_aggregation: { formula: "sum" },
  });
  const here = "http://127.0.0.1:1/";
  const checkout = await client.checkout.sessions.create({
    mode: "subscription",
    customer,
    line_items: [{ price, quantity: 1 }],
    success_url: here,
    cancel_url: `${here}?${encodeURIComponent(MARKUP)}`,
  });
  const { id: configuration } = await client.billingPortal.configurations.create({
    business_profile: { headline: MARKUP.slice(0, 60) },
    features: { subscription_cancel: { enabled: true }, invoice_history: { enabled: true } },
  });
  const portal = await client.billingPortal.sessions.create({ customer, configuration, return_url: here });
  return [checkout.url ?? "", portal.url];
}
