import type { TenantAction } from "../../tenant/document.ts";
import { findMarkers } from "../../tenant/markers.ts";
import { error, type Finding, warning } from "../finding.ts";
import { listBundles, type Project } from "../project.ts";
import { isReservedNamespace } from "./claims.ts";

/** Who reads this setting names claims after the API, or after the setting. */
const SETTING = "CLAIM_NAMESPACE";

/**
 * Claims are named <audience>email: without the slash that is another host's name, not a path under ours. An API that no Action
 * names claims for may be called anything.
 */
export function checkAudience(project: Project): readonly Finding[] {
  const { known, tenant } = project;
  return listBundles(project).flatMap(({ bundle, path }): readonly Finding[] => {
    const action = known.document.actions?.[Number(path[1])];
    if (action === undefined || !new RegExp(`\\b${SETTING}\\b`).test(bundle.folded.code)) return [];
    const namespace = findSetting(action, SETTING);
    if (namespace !== undefined) {
      return [
        ...checkNamespace(action, namespace, tenant.locate([...path, "secrets"])),
        ...compareGateways(project, namespace),
      ];
    }
    return [...checkIdentifiers(project, action), ...compareGateways(project, undefined)];
  });
}

const findSetting = ({ secrets = [] }: TenantAction, name: string): string | undefined =>
  secrets.find((secret) => secret.name === name)?.value || undefined;

const isKnown = (value: string): boolean => findMarkers(value).length === 0;

function checkIdentifiers({ known, tenant }: Project, action: TenantAction): readonly Finding[] {
  const wanted = findSetting(action, "API_IDENTIFIER");
  const finding = wanted === undefined ? warning : error;
  return (known.document.resourceServers ?? []).flatMap(({ name, identifier }, index) => {
    const unknownEnd = findMarkers(identifier).some(({ marker }) => identifier.endsWith(marker));
    if (unknownEnd || identifier.endsWith("/") || (wanted !== undefined && wanted !== identifier)) return [];
    const place = tenant.locate(["resourceServers", index, "identifier"]);
    const advice =
      wanted === undefined
        ? `${action.name} has no secret API_IDENTIFIER that says which API it is for, and names no claims for this one.`
        : `Write ${identifier}/ here, or in the environment if it comes from there. If the API cannot be renamed, give ${action.name} the secret ${SETTING}.`;
    const message = `The identifier of ${name} does not end in a slash: ${identifier}. ${advice}`;
    return [finding({ code: "AUDIENCE_WITHOUT_SLASH", place, message })];
  });
}

function checkNamespace({ name }: TenantAction, namespace: string, place: string): readonly Finding[] {
  if (!isKnown(namespace)) return [];
  const isUrl = URL.canParse(namespace) && new URL(namespace).protocol === "https:";
  if (!isUrl || !namespace.endsWith("/")) {
    const message = `The ${SETTING} of ${name} is ${namespace}. Write an https URL with a slash at the end.`;
    return [error({ code: "CLAIM_NAMESPACE_MALFORMED", place, message })];
  }
  if (!isReservedNamespace(namespace, true)) return [];
  const message = `The ${SETTING} of ${name} is Auth0's own: the platform drops such claims without a word. Use your own domain.`;
  return [error({ code: "CLAIM_NAMESPACE_RESERVED", place, message })];
}

/** Gateways read the claims that say who pays. */
function compareGateways({ claimNamespace, paidScopes }: Project, namespace: string | undefined): readonly Finding[] {
  if (paidScopes.length === 0 || claimNamespace === namespace) return [];
  if (namespace !== undefined && !isKnown(namespace)) return [];
  const [actions, gateways] = [namespace, claimNamespace].map((value) => value ?? "none, which is the audience");
  const message = `Gateways look for who pays in claims of another namespace than Actions set: claimNamespace is ${gateways}, ${SETTING} ${actions}. Make the two equal.`;
  return [warning({ code: "CLAIM_NAMESPACE_DIFFERS", place: "stripe.json", message })];
}
