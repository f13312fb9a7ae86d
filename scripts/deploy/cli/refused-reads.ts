import { CommandError } from "../../command.ts";
import { findPaths } from "../../tenant/find-paths.ts";
import type { RefusedRead } from "./messages.ts";

type Document = Readonly<Record<string, unknown>>;

/** What answers 404 (a theme also 400) where a tenant has none yet. */
const NOTHING_THERE: readonly RegExp[] = [
  /^\/emails\/provider$/,
  /^\/email-templates\/[^/]+$/,
  /^\/branding\/themes\/default$/,
  /^\/branding\/templates\/universal-login$/,
  /^\/connections\/[^/]+\/(scim-configuration|directory-provisioning)$/,
  /^\/self-service-profiles\/[^/]+\/custom-text\//,
];

/** What a tenant may not have of a section that it has otherwise, and where tenant.yaml would have it. */
const PARTS: readonly { readonly path: RegExp; readonly at: string }[] = [
  { path: /^\/connections\/[^/]+\/scim-configuration$/, at: "connections.*.scim_configuration" },
  { path: /directory-provisioning/, at: "connections.*.directory_provisioning_configuration" },
  { path: /^\/organizations\/[^/]+\/discovery-domains$/, at: "organizations.*.discovery_domains" },
  { path: /^\/organizations\/[^/]+\/clients$/, at: "organizations.*.clients" },
  { path: /^\/prompts\/[^/]+\/partials$/, at: "prompts.partials" },
  { path: /^\/prompts\/rendering$/, at: "prompts.screenRenderers" },
  { path: /^\/branding\/templates\/universal-login$/, at: "branding.templates" },
  { path: /^\/attack-protection\/bot-detection$/, at: "attackProtection.botDetection" },
  { path: /^\/attack-protection\/captcha$/, at: "attackProtection.captcha" },
  { path: /^\/email-templates\/async_approval$/, at: "emailTemplates.*.async_approval" },
];

/**
 * Some handlers of the Deploy CLI take a refusal (403, 404, 429, 501) for a tenant that has none of a kind: what it has would be
 * made a second time, or written over.
 *
 * @throws {CommandError} TENANT_UNREADABLE naming each
 */
export function checkRefusedReads(refused: readonly RefusedRead[], document: Document, domain: string): void {
  const needed = refused.filter((read) => !isNothingThere(read) && isNeeded(read, document));
  if (needed.length === 0) return;
  const rows = [...new Set(needed.map(({ path, status, message }) => `  GET ${path}: ${status} ${message}`))];
  throw new CommandError(
    "TENANT_UNREADABLE",
    `${domain} did not say what it has of what tenant.yaml has:\n${rows.join("\n")}\nNothing was sent. Try again when it answers; what the tenant is not enabled for cannot be in tenant.yaml.`,
  );
}

function isNothingThere({ path, status }: RefusedRead): boolean {
  return (status === 404 || status === 400) && NOTHING_THERE.some((pattern) => pattern.test(path));
}

function isNeeded({ path }: RefusedRead, document: Document): boolean {
  const part = PARTS.find((candidate) => candidate.path.test(path));
  return part === undefined || findPaths(document, part.at).length > 0;
}
