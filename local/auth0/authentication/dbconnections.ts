import { isSignupOpen } from "../connections.ts";
import { readTenantSetting } from "../state/tenant-settings.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { User } from "../state/user.ts";
import { IDENTIFIERS } from "../state/user-keys.ts";
import { findUserInConnection } from "../users/find.ts";
import { listSignUpIdentifiers } from "../users/identifiers.ts";
import { UserError } from "../users/user-error.ts";
import { readCaller } from "./caller.ts";
import { forClients } from "./client-endpoint.ts";
import { allowOrigin } from "./cors.ts";
import { readDatabaseOf } from "./database/connection-parameter.ts";
import { readIdentifiers } from "./database/read-identifiers.ts";
import { signUp } from "./database/sign-up.ts";
import { writeLog } from "./log-event.ts";
import { type Parameters, readOptional, readParameters, readRequired } from "./parameters.ts";
import { describeRequest } from "./post-login/describe.ts";
import { sendPasswordReset } from "./universal-login/password-reset/send.ts";

const PROFILE_FIELDS = ["username", "given_name", "family_name", "name", "nickname", "picture"] as const;
const SHOWN_FIELDS = ["email", "email_verified", "phone_number", ...PROFILE_FIELDS, "user_metadata"] as const;

/** `POST /dbconnections/signup`: a user, no login. */
export const handleSignupRequest = forClients(async (tenant, context) => {
  const parameters = await readParameters(context);
  const { client, connection } = readDatabaseOf(tenant.state, parameters);
  allowOrigin(context, client);
  const asksEmail = listSignUpIdentifiers(connection).some(({ name, isRequired }) => name === "email" && isRequired);
  if (asksEmail) readRequired(parameters, "email");
  const password = readRequired(parameters, "password");
  if (!isSignupOpen(tenant.state, connection))
    return context.json(badRequest("signup_disabled", "public signup is disabled"), 400);
  const given = IDENTIFIERS.map((name) => [name, readOptional(parameters, name)]);
  const read = readIdentifiers(connection, Object.fromEntries(given));
  if (read.kind === "invalid") return context.json(badRequest("invalid_signup", "Invalid sign up"), 400);
  try {
    const person = { ...readProfile(parameters), ...read.identifiers, password };
    const { password: _, ...body } = parameters;
    const how = { caller: readCaller(context), request: describeRequest(tenant, context, { body }) };
    return context.json(describeUser(await signUp(tenant, client, connection, person, how)));
  } catch (error) {
    if (error instanceof UserError) return context.json(describeRefusal(tenant.state, error), 400);
    throw error;
  }
});

/** `POST /dbconnections/change_password`: the same answer whether or not there is such a user. */
export const handleChangePassword = forClients(async (tenant, context) => {
  const parameters = await readParameters(context);
  const { client, connection } = readDatabaseOf(tenant.state, parameters);
  allowOrigin(context, client);
  const user = findUserInConnection(tenant.state, connection.name, "email", readRequired(parameters, "email"));
  if (user !== undefined) {
    sendPasswordReset(tenant, user, connection, { client, request: describeRequest(tenant, context, {}) });
    const caller = readCaller(context);
    writeLog(tenant, { type: "scpr", caller, client, user, connection: connection.name });
  }
  return context.text("We've just sent you an email to reset your password.");
});

function readProfile(parameters: Parameters) {
  const given = PROFILE_FIELDS.flatMap((name) => {
    const value = readOptional(parameters, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const { user_metadata: metadata } = parameters;
  const hasMetadata = typeof metadata === "object" && metadata !== null && !Array.isArray(metadata);
  return {
    ...Object.fromEntries(given),
    ...(hasMetadata && { user_metadata: metadata as Readonly<Record<string, unknown>> }),
  };
}

const describeUser = (user: User): Readonly<Record<string, unknown>> => ({
  _id: user.identities[0]?.user_id,
  ...Object.fromEntries(SHOWN_FIELDS.map((name) => [name, user[name]])),
});

function describeRefusal(state: Pick<TenantState, "settings">, error: UserError): Readonly<Record<string, unknown>> {
  switch (error.code) {
    case "password_too_weak":
      return {
        name: "PasswordStrengthError",
        message: "Password is too weak",
        code: "invalid_password",
        description: error.weakness?.missing,
        policy: error.weakness?.policy ?? "",
        statusCode: 400,
      };
    case "extensibility_error":
      return badRequest(error.code, error.message);
    case "password_too_common":
      return describePassword("PasswordDictionaryError", "Password is too common");
    case "password_has_user_info":
      return describePassword("PasswordNoUserInfoError", "Password contains user information");
    case "user_exists":
      return readTenantSetting(state, "flags").enable_public_signup_user_exists_error === true
        ? badRequest("user_exists", "The user already exists.")
        : badRequest("invalid_signup", "Invalid sign up");
    default:
      return badRequest("invalid_signup", "Invalid sign up");
  }
}

const describePassword = (name: string, message: string) => ({
  name,
  message,
  code: "invalid_password",
  description: message,
  statusCode: 400,
});

const badRequest = (code: string, description: string) => ({
  name: "BadRequestError",
  code,
  description,
  statusCode: 400,
});
