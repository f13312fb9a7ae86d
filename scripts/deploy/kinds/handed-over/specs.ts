import { actionModule } from "../action-module/spec.ts";
import { attackProtection } from "../attack-protection/spec.ts";
import { branding } from "../branding/spec.ts";
import { connection } from "../connection/spec.ts";
import { connectionProfile } from "../connection-profile/spec.ts";
import { customDomain } from "../custom-domain/spec.ts";
import { emailProvider } from "../email-provider/spec.ts";
import { emailTemplate } from "../email-template/spec.ts";
import { eventStream } from "../event-stream/spec.ts";
import { flowVaultConnection } from "../flow-vault-connection/spec.ts";
import { form } from "../form/spec.ts";
import { formsFlow } from "../forms-flow/spec.ts";
import { guardianFactor } from "../guardian-factor/spec.ts";
import { guardianFactorTemplate } from "../guardian-factor-template/spec.ts";
import { guardianPhoneMessageTypes } from "../guardian-phone-message-types/spec.ts";
import { guardianPhoneProvider } from "../guardian-phone-provider/spec.ts";
import { guardianPolicies } from "../guardian-policies/spec.ts";
import { logStream } from "../log-stream/spec.ts";
import { networkAcl } from "../network-acl/spec.ts";
import { organization } from "../organization/spec.ts";
import { page } from "../page/spec.ts";
import { phoneProvider } from "../phone-provider/spec.ts";
import { phoneTemplate } from "../phone-template/spec.ts";
import { prompts } from "../prompts/spec.ts";
import { rateLimitPolicy } from "../rate-limit-policy/spec.ts";
import { riskAssessment } from "../risk-assessment/spec.ts";
import { selfServiceProfile } from "../self-service-profile/spec.ts";
import { supplementalSignals } from "../supplemental-signals/spec.ts";
import { theme } from "../theme/spec.ts";
import { tokenExchangeProfile } from "../token-exchange-profile/spec.ts";
import { userAttributeProfile } from "../user-attribute-profile/spec.ts";
import type { HandedOverSpec } from "./spec.ts";

/** In the order in which the Deploy CLI writes them; scopes and members by its handlers and by auth0 7.1. */
const SPECS = [
  page,
  guardianFactor,
  guardianFactorTemplate,
  guardianPolicies,
  guardianPhoneProvider,
  guardianPhoneMessageTypes,
  actionModule,
  attackProtection,
  riskAssessment,
  customDomain,
  networkAcl,
  userAttributeProfile,
  connectionProfile,
  rateLimitPolicy,
  connection,
  emailProvider,
  phoneProvider,
  theme,
  selfServiceProfile,
  phoneTemplate,
  tokenExchangeProfile,
  emailTemplate,
  branding,
  organization,
  logStream,
  flowVaultConnection,
  eventStream,
  prompts,
  formsFlow,
  form,
  supplementalSignals,
] as const;

export type HandedOverType = (typeof SPECS)[number]["type"];

export const HANDED_OVER: readonly (HandedOverSpec & { readonly type: HandedOverType })[] = SPECS;

export function findSpec(type: string): HandedOverSpec | undefined {
  return HANDED_OVER.find((spec) => spec.type === type);
}

/** Sections that have to be read for this document: those that it has, and those whose names it may use. */
export function listNeededSections(document: Readonly<Record<string, unknown>>): readonly string[] {
  const own = HANDED_OVER.filter(({ section }) => Object.hasOwn(document, section));
  const used = own.flatMap(({ refersTo = [] }) => refersTo).flatMap(({ types }) => types);
  return HANDED_OVER.filter((spec) => own.includes(spec) || used.includes(spec.type)).map(({ section }) => section);
}
