import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMapping } from "../../scripts/tenant/shape.ts";
import type { EveryKind, EveryKindProject, Row } from "./every-kind-project.ts";

/** What one member of the first entry of a section is before a change and after it; `path` is the member's, in a plan too. */
export interface KindChange {
  readonly type: string;
  readonly section: string;
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

const row = (type: string, section: string, path: string, from: unknown, to: unknown): KindChange => ({
  type,
  section,
  path,
  from,
  to,
});

/** One in each kind that has a member to change, but for those whose content is in files; in the order of a plan. */
export const MEMBER_CHANGES: readonly KindChange[] = [
  row("tenant", "tenant", "friendly_name", "Library", "Town library"),
  row("api", "resourceServers", "token_lifetime", 86_400, 3600),
  row("client", "clients", "callbacks", ["https://reading-room.example/cb"], ["https://reading-room.example/back"]),
  row("client-grant", "clientGrants", "organization_usage", "deny", "allow"),
  row("role", "roles", "description", "Reads", "Reads all"),
  row("database", "databases", "options.passwordPolicy", "good", "excellent"),
  row("page", "pages", "enabled", false, true),
  row("guardian-factor", "guardianFactors", "enabled", true, false),
  row(
    "guardian-factor-template",
    "guardianFactorTemplates",
    "enrollment_message",
    "Code {{code}}",
    "Your code {{code}}",
  ),
  row("guardian-policies", "guardianPolicies", "policies", ["all-applications"], ["confidence-score"]),
  row("guardian-phone-provider", "guardianPhoneFactorSelectedProvider", "provider", "auth0", "twilio"),
  row("guardian-phone-message-types", "guardianPhoneFactorMessageTypes", "message_types", ["sms"], ["voice"]),
  row("attack-protection", "attackProtection", "bruteForceProtection.max_attempts", 10, 7),
  row("risk-assessment", "riskAssessment", "settings.enabled", false, true),
  row("custom-domain", "customDomains", "domain_metadata.shelf", "one", "two"),
  row("network-acl", "networkACLs", "active", true, false),
  row("user-attribute-profile", "userAttributeProfiles", "user_attributes.email.description", "Mail", "Address"),
  row("connection-profile", "connectionProfiles", "enabled_features", ["scim"], ["scim", "universal_logout"]),
  row("rate-limit-policy", "rateLimitPolicies", "configuration.limit", 100, 50),
  row("connection", "connections", "display_name", "Other library", "Partner"),
  row("email-provider", "emailProvider", "default_from_address", "no-reply@library.example", "hello@library.example"),
  row("phone-provider", "phoneProviders", "disabled", false, true),
  row("theme", "themes", "widget.logo_height", 52, 60),
  row("self-service-profile", "selfServiceProfiles", "description", "For all", "For partners"),
  row("phone-template", "phoneTemplates", "disabled", false, true),
  row("token-exchange-profile", "tokenExchangeProfiles", "name", "Library card", "Card of a library"),
  row("email-template", "emailTemplates", "subject", "Verify", "Please verify"),
  row("branding", "branding", "colors.primary", "#635dff", "#112233"),
  row("organization", "organizations", "display_name", "City library", "Town library"),
  row("log-stream", "logStreams", "sink.httpContentFormat", "JSONLINES", "JSONARRAY"),
  row("event-stream", "eventStreams", "status", "enabled", "disabled"),
  row("prompts", "prompts", "identifier_first", true, false),
  row("supplemental-signals", "supplementalSignals", "akamai_enabled", false, true),
];

export interface FileChange {
  readonly type: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** In a plan; of code there is a diff instead. */
  readonly path?: string;
}

/** Of the kinds whose content is in files. */
export const FILE_CHANGES: readonly FileChange[] = [
  { type: "action", file: "actions/add-claim.js", from: "{}", to: "{ /* changed */ }" },
  { type: "action-module", file: "action-modules/rates.js", from: "{}", to: "{ daily: 1 }", path: "code" },
  { type: "forms-flow", file: "flows/look-up.json", from: '"id": "look"', to: '"id": "search"', path: "actions" },
  { type: "form", file: "forms/ask.json", from: '"id": "ask"', to: '"id": "question"', path: "nodes" },
];

/** Writes the project with every one of these as it is before, or after. */
export function writeSide(project: Pick<EveryKindProject, "directory" | "write">, side: "from" | "to"): EveryKind {
  for (const { file, from, to } of FILE_CHANGES) {
    const path = join(project.directory, file);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, side === "to" ? text.replace(from, to) : text.replace(to, from));
  }
  return project.write((document) => {
    for (const { section, path, ...values } of MEMBER_CHANGES) {
      const whole = document[section];
      setAt((Array.isArray(whole) ? whole[0] : whole) as Row, path.split("."), values[side]);
    }
  });
}

function setAt(entry: Row, [name = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) entry[name] = value;
  else {
    entry[name] = isMapping(entry[name]) ? entry[name] : {};
    setAt(entry[name] as Row, rest, value);
  }
}
