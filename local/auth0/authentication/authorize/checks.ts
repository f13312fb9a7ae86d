import { checkAudience } from "./checks/audience.ts";
import type { Check } from "./checks/check.ts";
import { checkConnection } from "./checks/connection.ts";
import { checkMaxAge } from "./checks/max-age.ts";
import { checkNotImplemented } from "./checks/not-implemented.ts";
import { checkOrganization } from "./checks/organization.ts";
import { checkPkce } from "./checks/pkce.ts";
import { checkPrompt } from "./checks/prompt.ts";
import { checkResponseType } from "./checks/response-type.ts";

/** In this order, once the return address is known to be the client's. The first that throws is what the client is told. */
export const AUTHORIZE_CHECKS: readonly Check[] = [
  checkNotImplemented,
  checkResponseType,
  checkPkce,
  checkPrompt,
  checkMaxAge,
  checkAudience,
  checkOrganization,
  checkConnection,
];
