/** Stands in for what the build makes from stripe.json and tenant.yaml. */
export const paidScopes = [
  { scope: "get:orders", product: { name: "get:orders" } },
  { scope: "post:users", product: { id: "prod_writers" } },
] as const;

export const payingRoles: readonly string[] = ["viewer", "editor"];

export const pastDue = "refuse";
