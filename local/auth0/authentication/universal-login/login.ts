import type { Context } from "hono";
import { isSignupOpen, kindOf, listConnections } from "../../connections.ts";
import { readDevice } from "../../sessions/cookies.ts";
import type { Connection } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { UserError } from "../../users/user-error.ts";
import { readCaller } from "../caller.ts";
import { TOO_MANY_ATTEMPTS } from "../database/attempts.ts";
import { describeRefusal } from "../database/describe-refusal.ts";
import { matchPassword } from "../database/match-password.ts";
import { IDENTIFIER_LABELS, readIdentifiers } from "../database/read-identifiers.ts";
import { signUp } from "../database/sign-up.ts";
import { readForm } from "../form.ts";
import { getClient } from "../get-client.ts";
import { writeLog } from "../log-event.ts";
import { sendOnWithSession } from "../login/prove.ts";
import { startConnectionLogin } from "../login/start-connection.ts";
import { ErrorPage } from "../pages/error-page.ts";
import { type LoginPage, renderLoginPage } from "../pages/login-page.ts";
import { describeRequest, describeTransaction, queryOf } from "../post-login/describe.ts";
import { tenantNameOf } from "../tenant-name.ts";
import { getTransaction, type LoginTransaction, takeTransaction } from "../transaction.ts";

/** `GET /u/login` and `GET /u/signup`. */
export const showLogin = (tenant: Pick<Tenant, "inFlight" | "name" | "state">, context: Context) =>
  showPage(tenant, context, "login");
export const showSignup = (tenant: Pick<Tenant, "inFlight" | "name" | "state">, context: Context) =>
  showPage(tenant, context, "signup");

function showPage(
  tenant: Pick<Tenant, "inFlight" | "name" | "state">,
  context: Context,
  purpose: LoginPage["purpose"],
): Promise<Response> {
  const state = context.req.query("state") ?? "";
  const transaction = getTransaction(tenant.inFlight, readDevice(context), state, "login");
  const { loginHint } = transaction.request;
  return renderLoginPage(context, {
    ...describePage(tenant, transaction, state, purpose),
    ...(loginHint !== undefined && { identifier: loginHint }),
  });
}

const LOG_TYPES = { "wrong-password": "fp", "unknown-user": "fu", "too-many-attempts": "limit_wc" } as const;

/** `POST /u/login`: a password, or the choice of another connection. */
export async function handleLogin(tenant: Tenant, context: Context): Promise<Response> {
  const form = await readForm(context);
  const state = form.state ?? "";
  const transaction = getTransaction(tenant.inFlight, readDevice(context), state, "login");
  const page = describePage(tenant, transaction, state, "login");
  if (form.action === "connection") {
    const chosen = page.connections.find(({ name }) => name === form.connection);
    if (chosen === undefined) throw new ErrorPage(400, "invalid_request", "the connection is not enabled");
    return startConnectionLogin(tenant, context, { connection: chosen, form, page });
  }

  tenant.actions.skip("login-post-identifier");
  const database = getDatabase(page.connections);
  const identifier = form.username ?? "";
  const caller = readCaller(context);
  const found = await matchPassword(tenant, database, identifier, form.password ?? "", caller);
  if (found.kind !== "right") {
    const isBlocked = found.kind === "too-many-attempts";
    writeLog(tenant, {
      type: LOG_TYPES[found.kind],
      description: isBlocked ? TOO_MANY_ATTEMPTS : "Wrong email or password.",
      caller,
      client: getClient(tenant.state, transaction.request.clientId),
      connection: database.name,
      ...(found.kind === "wrong-password" && { user: found.user }),
    });
    const refusal = isBlocked
      ? { fault: TOO_MANY_ATTEMPTS, status: 429 }
      : { fault: "Wrong email or password", status: 400 };
    return renderLoginPage(context, { ...page, identifier, ...refusal });
  }
  tenant.actions.skip("post-credential-validation");
  takeTransaction(tenant.inFlight, readDevice(context), state, "login");
  return sendOnWithSession(tenant, context, transaction, { ...found, connection: database.name, method: "pwd" });
}

/** `POST /u/signup`: the new user is logged in at once. */
export async function handleSignup(tenant: Tenant, context: Context): Promise<Response> {
  const form = await readForm(context);
  const state = form.state ?? "";
  const transaction = getTransaction(tenant.inFlight, readDevice(context), state, "login");
  const page = describePage(tenant, transaction, state, "signup");
  const database = getDatabase(page.connections);
  const identifier = form.email ?? "";
  const refuse = (fault: string) => renderLoginPage(context, { ...page, identifier, fault, status: 400 });
  if (!page.isSignupOpen) throw new ErrorPage(403, "access_denied", "public signup is disabled");
  const read = readIdentifiers(database, form);
  if (read.kind === "invalid") return refuse(`${IDENTIFIER_LABELS[read.name]} is not valid.`);
  tenant.actions.skip("signup-post-identifier");

  try {
    const client = getClient(tenant.state, transaction.request.clientId);
    const person = { ...read.identifiers, password: form.password ?? "" };
    const { password: _, ...body } = form;
    const user = await signUp(tenant, client, database, person, {
      caller: readCaller(context),
      request: describeRequest(tenant, context, { body, query: queryOf(transaction.request) }),
      transaction: describeTransaction(transaction.request),
    });
    takeTransaction(tenant.inFlight, readDevice(context), state, "login");
    return sendOnWithSession(tenant, context, transaction, { user, connection: database.name, method: "pwd" });
  } catch (error) {
    if (error instanceof UserError) return refuse(describeRefusal(error));
    throw error;
  }
}

function describePage(
  tenant: Pick<Tenant, "name" | "state">,
  { request }: LoginTransaction,
  state: string,
  purpose: LoginPage["purpose"],
): LoginPage {
  const client = getClient(tenant.state, request.clientId);
  const connections = listConnections(tenant.state, client, request);
  if (connections.length === 0) throw new ErrorPage(400, "invalid_request", "no connections enabled for the client");
  const database = connections.find((connection) => kindOf(connection) === "database");
  return {
    purpose,
    state,
    tenantName: tenantNameOf(tenant),
    clientName: client.name,
    connections,
    isSignupOpen: database !== undefined && isSignupOpen(tenant.state, database, request.organization),
  };
}

/** The database that the page's form is for: the first, as on the page. */
function getDatabase(connections: readonly Connection[]): Connection {
  const database = connections.find((connection) => kindOf(connection) === "database");
  if (database === undefined) throw new ErrorPage(400, "invalid_request", "no database connection is enabled");
  return database;
}
