import { checkAudience } from "./audience.ts";
import type { ClaimCheck } from "./claim-check.ts";
import { checkConfirmation } from "./confirmation.ts";
import { checkIdToken } from "./id-token.ts";
import { checkIssuer } from "./issuer.ts";
import { checkLifetime } from "./lifetime.ts";
import { checkMethodOverride } from "./method-override.ts";
import { checkOrganization } from "./organization.ts";
import { checkPath } from "./path.ts";
import type { RequestCheck } from "./request-check.ts";
import { checkRoute } from "./route.ts";
import { checkScope } from "./scope.ts";
import { checkSubject } from "./subject.ts";

/** In order; before them stand the token's form and its signature. The first that refuses decides: 401. */
export const claimChecks: readonly ClaimCheck[] = [
  checkIssuer,
  checkIdToken,
  checkAudience,
  checkLifetime,
  checkSubject,
  checkConfirmation,
];

/** In order, once it is known who asks: 403. After them comes what the request costs: 402 and 503. */
export const requestChecks: readonly RequestCheck[] = [
  checkPath,
  checkMethodOverride,
  checkRoute,
  checkOrganization,
  checkScope,
];
