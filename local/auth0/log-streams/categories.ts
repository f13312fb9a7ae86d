/** Types of entries by the category that a stream is filtered by (Auth0 docs, "Log Stream Filters"). */
const TYPES: Readonly<Record<string, string>> = {
  "auth.login.fail": "f fc fco fcoa fens fp fu",
  "auth.login.notification": "w",
  "auth.login.success": "s scoa sens",
  "auth.logout.fail": "flo oidc_backchannel_logout_failed",
  "auth.logout.success": "oidc_backchannel_logout_succeeded slo",
  "auth.signup.fail": "fs",
  "auth.signup.success": "ss",
  "auth.silent_auth.fail": "fsa",
  "auth.silent_auth.success": "ssa",
  "auth.token_exchange.fail": "feacft feccft fecte fede feoobft feotpft fepft fepotpft fercft ferrt fertft",
  "auth.token_exchange.success": "seacft seccft secte sede seoobft seotpft sepft sercft sertft",
  "management.success": "sapi mgmt_api_read",
  "system.notification":
    "admin_update_launch api_limit coff con depnote fcpro fui limit_delegation limit_mu limit_wc sys_os_update_start sys_os_update_end sys_update_start sys_update_end",
  "user.fail": "fce fcp fcpn fcpr fcu fd fdeaz fdecc fdu fn fv fvr ss_sso_failure",
  "user.notification":
    "cs gd_enrollment_complete gd_start_enroll gd_unenroll gd_update_device_account ss_sso_info ublkdu",
  "user.success": "sce scp scpn scpr scu sdu srrt ss_sso_success sui sv svr",
  actions: "actions_execution_failed",
  "scim.event": "sscim fscim",
};

const CATEGORIES = new Map(
  Object.entries(TYPES).flatMap(([category, types]) => types.split(" ").map((type) => [type, category] as const)),
);

/** `other` for all that the documents put nowhere. */
export const categoryOf = (type: string): string => CATEGORIES.get(type) ?? "other";
