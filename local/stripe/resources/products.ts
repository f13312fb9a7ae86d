import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { fits, isWithin } from "../filters.ts";
import { getRecord } from "../get-record.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { pageParameters, renderPage } from "../pages.ts";
import { flag, instants, list, nonEmptyText, notCarriedOut, type ParametersOf, required } from "../parameters.ts";
import { expandPaths } from "./expand.ts";
import { priceCollection } from "./price-record.ts";
import { createParameters, newProduct, updateParameters, withFields } from "./product-fields.ts";
import { type ProductRecord, productCollection } from "./product-record.ts";

const listParameters = {
  ...pageParameters,
  active: flag,
  created: instants,
  expand: expandPaths,
  ids: list(nonEmptyText(255)),
  shippable: notCarriedOut,
  type: notCarriedOut,
  url: nonEmptyText(5000),
} satisfies ParametersOf<Stripe.ProductListParams>;

const URL = "/v1/products";

/** Stripe API reference, "Products". */
export function createProducts({ journal, clock, publish }: Account): Operation[] {
  const products = productCollection(journal);
  const prices = priceCollection(journal);
  const get = (id: string): ProductRecord => getRecord(products, "product", id);
  const pricesOf = (id: string) => prices.filter(({ product }) => product === id);

  return [
    defineOperation({
      method: "POST",
      route: URL,
      permission: "rak_product_write",
      parameters: createParameters,
      run: (fields) => {
        required(fields.name, "name");
        if (fields.id !== undefined && products.has(fields.id)) {
          throw invalidRequest("Product already exists.", { code: "resource_already_exists", param: "id" });
        }
        const product = withFields(newProduct(fields.id, readSeconds(clock)), fields);
        publish("product.created", product);
        return products.set(product.id, product);
      },
    }),
    defineOperation({
      method: "GET",
      route: URL,
      permission: "rak_product_read",
      parameters: listParameters,
      run: ({ active, created, ids, url: homepage, ...page }) =>
        renderPage(
          products
            .filter(
              (product) =>
                fits(product.active, active) &&
                (ids === undefined || ids.includes(product.id)) &&
                fits(product.url, homepage) &&
                isWithin(product.created, created),
            )
            .reverse(),
          page,
          { kind: "product", url: URL },
        ),
    }),
    defineOperation({
      method: "GET",
      route: `${URL}/:id`,
      permission: "rak_product_read",
      parameters: { expand: expandPaths } satisfies ParametersOf<Stripe.ProductRetrieveParams>,
      run: (_parameters, id) => get(id),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id`,
      permission: "rak_product_write",
      parameters: updateParameters,
      run: (fields, id) => {
        const before = get(id);
        const { default_price: price } = fields;
        if (price !== undefined && !pricesOf(id).some((one) => one.id === price)) {
          throw resourceMissing("price", price, "default_price");
        }
        const product = { ...withFields(before, fields), updated: readSeconds(clock) };
        publish("product.updated", product, before);
        return products.set(id, product);
      },
    }),
    defineOperation({
      method: "DELETE",
      route: `${URL}/:id`,
      permission: "rak_product_write",
      parameters: {},
      run: (_parameters, id) => {
        const product = get(id);
        if (pricesOf(id).length > 0) {
          throw invalidRequest("This product cannot be deleted because it has one or more user-created prices.");
        }
        products.delete(id);
        publish("product.deleted", product);
        return { id, object: "product", deleted: true } satisfies Stripe.DeletedProduct;
      },
    }),
  ];
}
