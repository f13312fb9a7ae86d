/** What the build compiles into an Action from stripe.json and tenant.yaml: what costs money is reviewed like code. */
declare module "tenant:billing" {
  /** The scopes of the API that cost money, and the product that pays for each: by its name in Stripe, or by its id. */
  export const paidScopes: readonly {
    readonly scope: string;
    readonly product: { readonly name: string } | { readonly id: string };
  }[];
  /** Roles in tenant.yaml that grant one of them. */
  export const payingRoles: readonly string[];
  /** Whether a subscription that is past_due still counts as paid. */
  export const pastDue: "refuse" | "allow";
}
