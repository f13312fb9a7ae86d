import type { Resource } from "../endpoint.ts";
import { defaultCustomDomain, defaultTheme } from "./default-records.ts";
import { guardianFactors } from "./guardian-factors.ts";
import { hookSecrets } from "./hook-secrets.ts";
import { createListResource } from "./list-endpoints.ts";
import { LIST_KINDS } from "./list-kinds.ts";
import { promptRenderings } from "./prompt-renderings.ts";
import { provisioning } from "./provisioning/provisioning.ts";
import { synchronizedGroups } from "./provisioning/synchronized-groups.ts";
import { rulesConfigs } from "./rules-configs.ts";
import { createSettingResource } from "./setting-endpoints.ts";
import { SETTING_KINDS } from "./setting-kinds.ts";

/**
 * Resources that this tenant stores and answers, and that no login heeds. In the order in which paths are matched: fixed ones
 * (`/branding/themes/default`) before those with an id in the same place.
 */
export const PLAIN_RECORDS: readonly Resource[] = [
  defaultTheme,
  defaultCustomDomain,
  hookSecrets,
  guardianFactors,
  rulesConfigs,
  promptRenderings,
  provisioning,
  synchronizedGroups,
  ...SETTING_KINDS.map(createSettingResource),
  ...LIST_KINDS.map(createListResource),
];
