import { randomAlphanumeric } from "../../ids.ts";
import { findAuthenticator } from "../../mfa/factors.ts";
import { isTotpSecret } from "../../mfa/totp.ts";
import { addTotp } from "../../mfa/use-totp.ts";
import type { Authenticator } from "../../state/authenticator.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { ManagementError } from "../error.ts";
import { refuseUnimplemented } from "../not-implemented.ts";

export interface NewMethod {
  readonly type: string;
  readonly name?: string;
  readonly totp_secret?: string;
  readonly email?: string;
  readonly phone_number?: string;
  readonly preferred_authentication_method?: "sms" | "voice";
}

/** @throws {ManagementError} 400 for a kind that is not here, or without what it needs */
export function checkMethod(tenant: Pick<Tenant, "log">, { type, ...method }: NewMethod): void {
  if (!["email", "phone", "totp"].includes(type)) refuseUnimplemented(tenant, `authentication methods of type ${type}`);
  const { email, phone_number: number, totp_secret: secret } = method;
  if (type === "email" && !/^[^\s@]+@[^\s@]+$/.test(email ?? "")) throw invalid("email must be an email address");
  if (type === "phone" && !/^\+[0-9]{1,15}$/.test(number ?? "")) throw invalid("phone_number must be in E.164 form");
  if (secret !== undefined && !isTotpSecret(secret)) {
    throw invalid("totp_secret must be base32, of 16 characters at least");
  }
}

const invalid = (message: string): ManagementError => new ManagementError(400, message, "invalid_body");

/** @throws {ManagementError} what checkMethod throws; 409 for a second one of a kind */
export function addMethod(tenant: Tenant, { user_id }: User, method: NewMethod): Authenticator {
  checkMethod(tenant, method);
  const { name, totp_secret: secret, email = "", phone_number = "" } = method;
  const type = method.type as "email" | "phone" | "totp";
  if (findAuthenticator(tenant.state, user_id, type) !== undefined) {
    throw new ManagementError(
      409,
      `The user has an authentication method of type ${type} already.`,
      "authentication_method_exists",
    );
  }
  const named = name === undefined ? {} : { name };
  if (type === "totp") return addTotp(tenant, user_id, { ...named, ...(secret !== undefined && { secret }) });
  const id = `${type}|dev_${randomAlphanumeric(16)}`;
  const base = { id, user_id, created_at: tenant.clock(), ...named };
  const { preferred_authentication_method = "sms" } = method;
  return tenant.state.authenticators.set(
    id,
    type === "email" ? { ...base, type, email } : { ...base, type, phone_number, preferred_authentication_method },
  );
}
