import type { HandedOverSpec } from "../handed-over/spec.ts";
import { becomes, gainsLike, grows, isSwitchedOff, isSwitchedOn, loses, weakens } from "../protections.ts";
import { settingScopes } from "../scopes.ts";

export const attackProtection = {
  type: "attack-protection",
  section: "attackProtection",
  named: {
    bruteForceProtection: {
      types: [/^(Update|Get)BruteForceSettings(Request|Response)Content$/],
      isClosed: true,
    },
    breachedPasswordDetection: {
      types: [/^(Update|Get)BreachedPasswordDetectionSettings(Request|Response)Content$/],
      isClosed: true,
    },
    suspiciousIpThrottling: {
      types: [/^(Update|Get)SuspiciousIpThrottlingSettings(Request|Response)Content$/],
      isClosed: true,
    },
  },
  protections: [
    weakens(/\.enabled$/, isSwitchedOff, "attacks of this sort are not stopped any more."),
    weakens(/(^|\.)shields$/, loses("block"), "attacks of this sort are not stopped any more."),
    weakens(/\.max_attempts$/, grows, "more can be tried before it is stopped."),
    weakens(/\.allowlist$/, gainsLike(/./), "nothing that comes from there is stopped."),
    weakens(/\.challenge_\w+_policy$/, becomes("never"), "robots pass as people do."),
    weakens(/\.monitoring_mode_enabled$/, isSwitchedOn, "robots are written down, and pass."),
  ],
  scopes: settingScopes("attack_protection"),
  writeOnly: [
    "captcha.arkose.secret",
    "captcha.hcaptcha.secret",
    "captcha.friendly_captcha.secret",
    "captcha.recaptcha_v2.secret",
    "captcha.recaptcha_enterprise.api_key",
    "captcha.recaptcha_enterprise.project_id",
  ],
} as const satisfies HandedOverSpec;
