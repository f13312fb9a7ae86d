import type { Client } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { readAudience } from "../audience.ts";
import { getOrganization } from "../organizations/get-organization.ts";
import type { ReturnAddress } from "../response/return-address.ts";
import type { AuthorizeParameters } from "./parameters.ts";

/** An authorization request that passed every check. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly returnTo: ReturnAddress;
  readonly scope: readonly string[];
  /** Identifier of the API; none for a token that is only good for /userinfo. */
  readonly audience?: string;
  readonly nonce?: string;
  readonly codeChallenge?: CodeChallenge;
  readonly prompt: readonly Prompt[];
  readonly screenHint?: string;
  readonly loginHint?: string;
  /** Name of the connection to go to without asking. */
  readonly connection?: string;
  /** Id, also when the request gave a name. */
  readonly organization?: string;
  /** Seconds since the user last proved who they are. */
  readonly maxAge?: number;
  readonly acrValues: readonly string[];
  readonly uiLocales: readonly string[];
  /** As it came: what an Action sees in `event.request`. */
  readonly method: string;
  readonly parameters: AuthorizeParameters;
}

export interface CodeChallenge {
  readonly value: string;
  readonly method: "S256" | "plain";
}

export const PROMPTS = ["none", "login", "consent", "select_account"] as const;
type Prompt = (typeof PROMPTS)[number];

/** What the parameters ask for. They have passed AUTHORIZE_CHECKS: nothing here refuses. */
export function readAuthorizationRequest(
  tenant: Pick<Tenant, "issuer" | "state">,
  client: Client,
  returnTo: ReturnAddress,
  method: string,
  parameters: AuthorizeParameters,
): AuthorizationRequest {
  const prompts = splitWords(parameters.prompt);
  const audience = readAudience(tenant, parameters);
  return {
    clientId: client.client_id,
    returnTo,
    scope: splitWords(parameters.scope),
    prompt: PROMPTS.filter((prompt) => prompts.includes(prompt)),
    acrValues: splitWords(parameters.acr_values),
    uiLocales: splitWords(parameters.ui_locales),
    method,
    parameters,
    ...(audience !== undefined && { audience }),
    ...(parameters.nonce !== undefined && { nonce: parameters.nonce }),
    ...(parameters.code_challenge !== undefined && {
      codeChallenge: {
        value: parameters.code_challenge,
        method: parameters.code_challenge_method === "S256" ? "S256" : "plain",
      },
    }),
    ...(parameters.screen_hint !== undefined && { screenHint: parameters.screen_hint }),
    ...(parameters.login_hint !== undefined && { loginHint: parameters.login_hint }),
    ...(parameters.connection !== undefined && { connection: parameters.connection }),
    ...(parameters.organization !== undefined && {
      organization: getOrganization(tenant.state, parameters.organization).id,
    }),
    ...(parameters.max_age !== undefined && { maxAge: Number(parameters.max_age) }),
  };
}

/** Words between spaces, as `scope`, `prompt` and their like are written; each once. */
export const splitWords = (text: string | undefined): readonly string[] => [
  ...new Set((text ?? "").split(" ").filter((word) => word !== "")),
];
