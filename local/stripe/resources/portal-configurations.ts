import { type Account, readSeconds } from "../account.ts";
import { invalidRequest } from "../errors.ts";
import { fits } from "../filters.ts";
import { getRecord } from "../get-record.ts";
import { createId } from "../ids.ts";
import { mergeMetadata } from "../metadata.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { renderPage } from "../pages.ts";
import { type Parsed, required } from "../parameters.ts";
import {
  createParameters,
  listParameters,
  retrieveParameters,
  updateParameters,
} from "./portal-configuration-parameters.ts";
import { NO_FEATURES, withFeatures } from "./portal-features.ts";
import { type PortalConfiguration, portalConfigurationCollection } from "./portal-record.ts";

const URL = "/v1/billing_portal/configurations";
// Which permission Stripe asks for is not documented: those of portal sessions.
const READ = "rak_customer_portal_read";
const WRITE = "rak_customer_portal_write";

/** Stripe API reference, "Customer portal: configurations". */
export function createPortalConfigurations({ journal, clock, publish }: Account): Operation[] {
  const configurations = portalConfigurationCollection(journal);

  const get = (id: string): PortalConfiguration => getRecord(configurations, "configuration", id);
  const apply = (
    before: PortalConfiguration,
    { features = {}, metadata = new Map(), ...fields }: Parsed<typeof updateParameters>,
  ): PortalConfiguration => ({
    ...before,
    active: fields.active ?? before.active,
    business_profile: { ...before.business_profile, ...fields.business_profile },
    default_return_url: fields.default_return_url === undefined ? before.default_return_url : fields.default_return_url,
    features: withFeatures(before.features, features),
    metadata: mergeMetadata(before.metadata ?? {}, metadata),
    name: fields.name === undefined ? before.name : fields.name,
    updated: readSeconds(clock),
  });

  return [
    defineOperation({
      method: "POST",
      route: URL,
      permission: WRITE,
      parameters: createParameters,
      run: (fields) => {
        required(fields.features, "features");
        const configuration = apply(newConfiguration(readSeconds(clock)), fields);
        configurations.set(configuration.id, configuration);
        publish("billing_portal.configuration.created", configuration);
        return configuration;
      },
    }),
    defineOperation({
      method: "GET",
      route: URL,
      permission: READ,
      parameters: listParameters,
      run: ({ active, is_default: isDefault, ...page }) =>
        renderPage(
          configurations.filter((one) => fits(one.active, active) && fits(one.is_default, isDefault)).reverse(),
          page,
          { kind: "configuration", url: URL },
        ),
    }),
    defineOperation({
      method: "GET",
      route: `${URL}/:id`,
      permission: READ,
      parameters: retrieveParameters,
      run: (_parameters, id) => get(id),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id`,
      permission: WRITE,
      parameters: updateParameters,
      run: (fields, id) => {
        const before = get(id);
        if (before.is_default && fields.active === false) {
          throw invalidRequest("You cannot deactivate the default configuration.", { param: "active" });
        }
        const after = configurations.set(id, apply(before, fields));
        publish("billing_portal.configuration.updated", after, before);
        return after;
      },
    }),
  ];
}

export function newConfiguration(created: number): PortalConfiguration {
  return {
    id: createId("bpc", 24),
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created,
    default_return_url: null,
    features: NO_FEATURES,
    is_default: false,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: created,
  };
}
