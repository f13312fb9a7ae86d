import type { Resource } from "../endpoint.ts";
import { clientCredentials } from "./client-credentials.ts";
import { defaultCustomDomain, defaultTheme } from "./default-records.ts";
import { directoryProvisionings } from "./directory-provisionings.ts";
import { guardianFactors } from "./guardian-factors.ts";
import { hookSecrets } from "./hook-secrets.ts";
import { createListResource } from "./list-endpoints.ts";
import { promptRenderings } from "./prompt-renderings.ts";
import { LIST_KINDS, SETTING_KINDS } from "./record-kinds.ts";
import { rulesConfigs } from "./rules-configs.ts";
import { createSettingResource } from "./setting-endpoints.ts";

/** Everything that is stored and nothing else. What has a path of its own stands before the paths with an id in its place. */
export const PLAIN_RECORDS: readonly Resource[] = [
  defaultTheme,
  defaultCustomDomain,
  hookSecrets,
  guardianFactors,
  rulesConfigs,
  promptRenderings,
  directoryProvisionings,
  clientCredentials,
  ...SETTING_KINDS.map(createSettingResource),
  ...LIST_KINDS.map(createListResource),
];
