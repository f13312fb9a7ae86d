import type { Finding } from "../finding.ts";
import type { Project } from "../project.ts";
import { checkAudience } from "./audience.ts";
import { checkBindings } from "./bindings.ts";
import { checkClaims } from "./claims.ts";
import { checkDependencies, checkImports } from "./dependencies.ts";
import { checkFolders } from "./folders.ts";
import { checkGuards } from "./guards.ts";
import { checkHandlers } from "./handlers.ts";
import { checkKeywords } from "./keywords.ts";
import { checkLoading } from "./loading.ts";
import { checkMarkers } from "./markers.ts";
import { checkPaidScopes } from "./paid-scopes.ts";
import { checkPermissions } from "./permissions.ts";
import { checkRolePermissions } from "./role-permissions.ts";
import { checkRoleTable } from "./role-table.ts";
import { checkRuntime } from "./runtime.ts";
import { checkSecrets } from "./secrets.ts";
import { checkSize } from "./size.ts";
import { checkSources } from "./sources.ts";
import { checkTriggers } from "./triggers.ts";
import { checkUnbound } from "./unbound.ts";

/** Each looks at the whole project and says all that it finds; none throws, so that one run shows everything. */
export const checks: readonly ((project: Project) => readonly Finding[])[] = [
  checkKeywords,
  checkSources,
  checkSize,
  checkTriggers,
  checkLoading,
  checkHandlers,
  checkRuntime,
  checkDependencies,
  checkImports,
  checkSecrets,
  checkClaims,
  checkMarkers,
  checkBindings,
  checkUnbound,
  checkFolders,
  checkAudience,
  checkPermissions,
  checkGuards,
  checkRolePermissions,
  checkRoleTable,
  checkPaidScopes,
];
