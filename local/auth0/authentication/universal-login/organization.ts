import type { Context } from "hono";
import { html } from "hono/html";
import { renderFault, renderForm } from "../../../http/html-form.ts";
import { readDevice } from "../../sessions/cookies.ts";
import type { Organization } from "../../state/organization.ts";
import type { Tenant } from "../../tenant.ts";
import { readForm } from "../form.ts";
import { answerClient } from "../login/answer-client.ts";
import { beginLogin } from "../login/begin.ts";
import { finishLogin } from "../login/finish.ts";
import { getOwnSession } from "../login/resume.ts";
import { listOrganizationsOf } from "../organizations/membership.ts";
import { renderPage } from "../pages/layout.ts";
import { getTransaction, takeTransaction } from "../transaction.ts";

/** `GET /u/organization`: which one, by name before the login, by choice after it. */
export function showOrganization(
  tenant: Pick<Tenant, "clock" | "inFlight" | "state">,
  context: Context,
): Promise<Response> {
  const state = context.req.query("state") ?? "";
  const { step } = getTransaction(tenant.inFlight, readDevice(context), state, "organization");
  if (step.sessionId === undefined) return renderQuestion(context, state);
  const session = getOwnSession(tenant, context, step.sessionId);
  return renderChoice(context, state, listOrganizationsOf(tenant.state, session.user_id));
}

/** `POST /u/organization` */
export async function handleOrganization(tenant: Tenant, context: Context): Promise<Response> {
  const { state = "", organization: given = "" } = await readForm(context);
  const device = readDevice(context);
  const { step } = getTransaction(tenant.inFlight, device, state, "organization");
  const name = given.trim().toLowerCase();
  const organization = tenant.state.organizations.find((candidate) => candidate.name === name);
  if (organization === undefined) return renderQuestion(context, state, "The organization you entered is invalid");
  const transaction = takeTransaction(tenant.inFlight, device, state, "organization");
  const request = { ...transaction.request, organization: organization.id };
  return answerClient(tenant, context, request, () =>
    step.sessionId === undefined
      ? beginLogin(tenant, context, request)
      : finishLogin(tenant, context, {
          ...transaction,
          request,
          session: getOwnSession(tenant, context, step.sessionId),
        }),
  );
}

function renderQuestion(context: Context, state: string, fault?: string): Promise<Response> {
  return renderPage(
    context,
    fault === undefined ? 200 : 400,
    "Enter Your Organization",
    html`${renderFault(fault)}${renderForm({
      action: actionFor(state),
      hidden: { state },
      fields: [{ name: "organization", label: "Organization name", type: "text", autocomplete: "organization" }],
      button: "Continue",
    })}`,
  );
}

function renderChoice(context: Context, state: string, organizations: readonly Organization[]): Promise<Response> {
  const forms = organizations.map(({ name, display_name }) =>
    renderForm({
      action: actionFor(state),
      hidden: { state, organization: name },
      button: display_name ?? name,
      isSecondary: true,
    }),
  );
  return renderPage(context, 200, "Select an Organization", html`${forms}`);
}

const actionFor = (state: string): string => `/u/organization?state=${encodeURIComponent(state)}`;
