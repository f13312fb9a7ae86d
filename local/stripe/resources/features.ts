import type Stripe from "stripe";
import type { Account } from "../account.ts";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { fits } from "../filters.ts";
import { getRecord } from "../get-record.ts";
import { createId } from "../ids.ts";
import { mergeMetadata, metadata } from "../metadata.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { pageParameters, renderPage } from "../pages.ts";
import { flag, nonEmptyText, type ParametersOf, required } from "../parameters.ts";
import { expandPaths } from "./expand.ts";
import { attachedFeatureCollection, featureCollection } from "./feature-record.ts";
import { productCollection } from "./product-record.ts";

const URL = "/v1/entitlements/features";

const createParameters = {
  expand: expandPaths,
  lookup_key: nonEmptyText(80),
  metadata,
  name: nonEmptyText(80),
} satisfies ParametersOf<Stripe.Entitlements.FeatureCreateParams>;

const updateParameters = {
  active: flag,
  expand: expandPaths,
  metadata,
  name: nonEmptyText(80),
} satisfies ParametersOf<Stripe.Entitlements.FeatureUpdateParams>;

const listParameters = {
  ...pageParameters,
  archived: flag,
  expand: expandPaths,
  lookup_key: nonEmptyText(80),
} satisfies ParametersOf<Stripe.Entitlements.FeatureListParams>;

/** Stripe API reference, "Features" and "Product features". */
export function createFeatures({ journal }: Account): Operation[] {
  const features = featureCollection(journal);
  const attached = attachedFeatureCollection(journal);
  const products = productCollection(journal);
  const get = (id: string, param?: string): Stripe.Entitlements.Feature => getRecord(features, "feature", id, param);
  const checkProduct = (id: string): void => {
    if (!products.has(id)) throw resourceMissing("product", id);
  };
  const renderAttached = (id: string, feature: string): Stripe.ProductFeature => ({
    id,
    object: "product_feature",
    entitlement_feature: get(feature),
    livemode: false,
  });

  return [
    defineOperation({
      method: "POST",
      route: URL,
      permission: "rak_entitlement_write",
      parameters: createParameters,
      run: ({ lookup_key: key, name, metadata: change }) => {
        const lookupKey = required(key, "lookup_key");
        if (features.find((feature) => feature.active && feature.lookup_key === lookupKey) !== undefined) {
          throw invalidRequest(`A feature with the lookup key ${lookupKey} already exists.`, { param: "lookup_key" });
        }
        const feature: Stripe.Entitlements.Feature = {
          id: createId("feat_test", 24),
          object: "entitlements.feature",
          active: true,
          livemode: false,
          lookup_key: lookupKey,
          metadata: mergeMetadata({}, change ?? "clear"),
          name: required(name, "name"),
        };
        return features.set(feature.id, feature);
      },
    }),
    defineOperation({
      method: "GET",
      route: URL,
      permission: "rak_entitlement_read",
      parameters: listParameters,
      run: ({ archived = false, lookup_key: key, ...page }) =>
        renderPage(
          features.filter((feature) => feature.active !== archived && fits(feature.lookup_key, key)).reverse(),
          page,
          { kind: "feature", url: URL },
        ),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id`,
      permission: "rak_entitlement_write",
      parameters: updateParameters,
      run: ({ active, name, metadata: change }, id) => {
        const before = get(id);
        return features.set(id, {
          ...before,
          ...(active !== undefined && { active }),
          ...(name !== undefined && { name }),
          ...(change !== undefined && { metadata: mergeMetadata(before.metadata, change) }),
        });
      },
    }),
    defineOperation({
      method: "POST",
      route: "/v1/products/:id/features",
      permission: "rak_product_write",
      parameters: { entitlement_feature: nonEmptyText(255), expand: expandPaths },
      run: ({ entitlement_feature: asked }, product) => {
        checkProduct(product);
        const feature = get(required(asked, "entitlement_feature"), "entitlement_feature");
        if (attached.find((one) => one.product === product && one.feature === feature.id) !== undefined) {
          throw invalidRequest("This feature is already attached to this product.", { param: "entitlement_feature" });
        }
        const id = createId("pft_test", 24);
        attached.set(id, { id, product, feature: feature.id });
        return renderAttached(id, feature.id);
      },
    }),
    defineOperation({
      method: "GET",
      route: "/v1/products/:id/features",
      permission: "rak_product_read",
      parameters: { ...pageParameters, expand: expandPaths },
      run: (page, product) => {
        checkProduct(product);
        const found = attached.filter((one) => one.product === product).reverse();
        return renderPage(
          found.map(({ id, feature }) => renderAttached(id, feature)),
          page,
          { kind: "product feature", url: `/v1/products/${product}/features` },
        );
      },
    }),
  ];
}
