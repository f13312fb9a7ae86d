import { error, type Finding, warning } from "../finding.ts";
import { listBundles, type Project } from "../project.ts";

/** Dropped without a word when the token is issued. Auth0 docs: "Create Custom Claims", restricted claims. */
const RESTRICTED = new Set(
  (
    "acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest " +
    "entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce " +
    "object_id org_id org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date " +
    "sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256"
  ).split(" "),
);

/** Stripped unless the scope that covers them was requested, from access tokens too. Same page, and OIDC Core §5.4. */
const PROFILE = new Set(
  (
    "email email_verified name given_name family_name middle_name nickname preferred_username picture website gender " +
    "birthdate zoneinfo locale address phone_number phone_number_verified profile updated_at"
  ).split(" "),
);

const RESERVED_DOMAINS = ["auth0.com", "webtask.io", "webtask.run"];

interface ClaimName {
  /** The name, or what stands before the first `${` of a template. */
  readonly text: string;
  readonly whole: boolean;
  readonly index: number;
}

/**
 * Names that stand in the source as a text, or as a constant that esbuild folds into one. A name that is put together at
 * run time is only seen as far as its first fixed part; the local tenant drops the rest, as the platform does.
 */
export function checkClaims(project: Project): readonly Finding[] {
  return listBundles(project).flatMap(({ action, bundle }) => {
    const isPostLogin = action.supported_triggers[0]?.id === "post-login";
    // Somebody's tokens have done without such a claim for as long as the Action is there.
    const finding = bundle.form === "as it is" ? warning : error;
    return findClaimNames(bundle.folded.code).flatMap(({ text, whole, index }): readonly Finding[] => {
      const place = bundle.folded.locate(index);
      const advice = "Put a namespace in front, as in https://api.example.com/name.";
      if (whole && RESTRICTED.has(text)) {
        const message = `The claim "${text}" is restricted: the platform drops it without a word. ${advice}`;
        return [finding({ code: "CLAIM_RESTRICTED", place, message })];
      }
      if (whole && text === "scope" && isPostLogin) {
        const message = `Setting the claim "scope" throws in post-login. Use api.accessToken.addScope and removeScope.`;
        return [finding({ code: "CLAIM_RESTRICTED", place, message })];
      }
      if (isReservedNamespace(text, whole)) {
        const message = `"${text}" is in a namespace of Auth0's own: the platform drops it without a word. Use your own domain.`;
        return [finding({ code: "CLAIM_NAMESPACE_RESERVED", place, message })];
      }
      if (whole && PROFILE.has(text)) {
        const message = `The claim "${text}" is stripped from tokens that did not ask for its OIDC scope. ${advice}`;
        return [warning({ code: "CLAIM_NEEDS_SCOPE", place, message })];
      }
      return [];
    });
  });
}

const CALL = /\bsetCustomClaim(?:\?\.)?\(\s*(?:("(?:[^"\\]|\\.)*")|`([^`$\\]*)(`|\$\{)|([A-Za-z_$][\w$]*)\s*,)/g;

/** esbuild prints one form of each: double quotes, and no computed member where the name is constant. */
function findClaimNames(code: string): readonly ClaimName[] {
  return [...code.matchAll(CALL)].flatMap((match): readonly ClaimName[] => {
    const { index } = match;
    const [, literal, template, end, identifier] = match;
    if (template !== undefined) return [{ text: template, whole: end === "`", index }];
    const quoted = literal ?? findConstant(code, identifier ?? "");
    return quoted === undefined ? [] : [{ text: JSON.parse(quoted), whole: true, index }];
  });
}

/** A top-level constant: names are unique in a bundle, esbuild sees to that. */
function findConstant(code: string, name: string): string | undefined {
  const declaration = new RegExp(
    `^(?:(?:var|const|let) .*?|\\}, )\\b${name.replaceAll("$", "\\$")} = ("(?:[^"\\\\]|\\\\.)*")[,;]`,
    "m",
  );
  return declaration.exec(code)?.[1];
}

/** @param whole whether nothing stands behind the text */
export function isReservedNamespace(text: string, whole: boolean): boolean {
  if (/^urn:auth0(:|$)/i.test(text)) return true;
  const host = /^https?:\/\/([^/:?#]+)([/:?#]?)/i.exec(text);
  // Without a delimiter behind it, the host of an unfinished text may go on.
  if (!host?.[1] || !(whole || host[2])) return false;
  const name = host[1].toLowerCase();
  return RESERVED_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`));
}
