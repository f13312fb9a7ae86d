import type Stripe from "stripe";
import { createId } from "../ids.ts";
import { mergeMetadata, metadata } from "../metadata.ts";
import { flag, nonEmptyText, notCarriedOut, type ParametersOf, type Parsed, text } from "../parameters.ts";
import { expandPaths } from "./expand.ts";
import type { ProductRecord } from "./product-record.ts";

const written = {
  active: flag,
  description: text(40_000),
  expand: expandPaths,
  metadata,
  name: nonEmptyText(5000),
  unit_label: text(12),
  url: text(5000),
  images: notCarriedOut,
  marketing_features: notCarriedOut,
  package_dimensions: notCarriedOut,
  shippable: notCarriedOut,
  statement_descriptor: notCarriedOut,
  tax_code: notCarriedOut,
  tax_details: notCarriedOut,
} satisfies Partial<ParametersOf<Stripe.ProductCreateParams | Stripe.ProductUpdateParams>>;

export const createParameters = {
  ...written,
  id: nonEmptyText(255),
  default_price_data: notCarriedOut,
  type: notCarriedOut,
} satisfies ParametersOf<Stripe.ProductCreateParams>;

export const updateParameters = {
  ...written,
  default_price: nonEmptyText(255),
} satisfies ParametersOf<Stripe.ProductUpdateParams>;

export function newProduct(id: string | undefined, created: number): ProductRecord {
  return {
    id: id ?? createId("prod"),
    object: "product",
    active: true,
    created,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name: "",
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: created,
    url: null,
  };
}

type Fields = Partial<Omit<Parsed<typeof createParameters>, "id">> & { readonly default_price?: string };

export function withFields(product: ProductRecord, fields: Fields): ProductRecord {
  const { active, name, description, unit_label: unitLabel, url: homepage, default_price: price, metadata } = fields;
  return {
    ...product,
    ...(active !== undefined && { active }),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(unitLabel !== undefined && { unit_label: unitLabel }),
    ...(homepage !== undefined && { url: homepage }),
    ...(price !== undefined && { default_price: price }),
    ...(metadata !== undefined && { metadata: mergeMetadata(product.metadata, metadata) }),
  };
}
