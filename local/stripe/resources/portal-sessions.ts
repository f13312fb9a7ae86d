import { type Account, readSeconds } from "../account.ts";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { createId } from "../ids.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { required } from "../parameters.ts";
import { customerCollection, getLiveCustomer } from "./customer-record.ts";
import { readFlow } from "./portal-flow.ts";
import {
  type PortalConfiguration,
  type PortalRecord,
  portalConfigurationCollection,
  portalSessionCollection,
} from "./portal-record.ts";
import { createParameters } from "./portal-session-parameters.ts";
import { subscriptionCollection } from "./subscription-record.ts";

/** Stripe API reference, "Customer portal: sessions". */
export function createPortalSessions({ journal, clock, publish, readOrigin }: Account): Operation[] {
  const sessions = portalSessionCollection(journal);
  const configurations = portalConfigurationCollection(journal);
  const customers = customerCollection(journal);
  const subscriptions = subscriptionCollection(journal);

  const getConfiguration = (id: string | undefined): PortalConfiguration => {
    const found = id === undefined ? configurations.find((one) => one.is_default) : configurations.get(id);
    if (found?.active) return found;
    if (id === undefined) {
      throw invalidRequest(
        "No configuration provided and your test mode default configuration has not been created. Provide a configuration or create your default by saving your customer portal settings in test mode at https://dashboard.stripe.com/test/settings/billing/portal.",
      );
    }
    if (found === undefined) throw resourceMissing("configuration", id, "configuration");
    throw invalidRequest("The configuration is not active: activate it to create sessions with it.", {
      param: "configuration",
    });
  };

  return [
    defineOperation({
      method: "POST",
      route: "/v1/billing_portal/sessions",
      permission: "rak_customer_portal_write",
      parameters: createParameters,
      run: (fields) => {
        const { id: customer } = getLiveCustomer(customers, required(fields.customer, "customer"), "customer");
        const configuration = getConfiguration(fields.configuration);
        const secret = createId("test", 58);
        const portal: PortalRecord = {
          secret,
          session: {
            id: createId("bps", 24),
            object: "billing_portal.session",
            after_expiration: null,
            configuration: configuration.id,
            created: readSeconds(clock),
            customer,
            customer_account: null,
            flow:
              fields.flow_data === undefined
                ? null
                : readFlow(fields.flow_data, {
                    customer,
                    configuration,
                    findSubscription: (id) => subscriptions.get(id),
                  }),
            livemode: false,
            locale: fields.locale ?? null,
            on_behalf_of: null,
            return_url: fields.return_url ?? configuration.default_return_url,
            url: `${readOrigin()}/p/session/${secret}`,
          },
        };
        sessions.set(secret, portal);
        publish("billing_portal.session.created", portal.session);
        return portal.session;
      },
    }),
  ];
}
