/** Made by bundle-lambda.ts: what routes.yaml and stripe.json hold, as they were read. */
declare module "gateway:configuration" {
  export const routesFile: unknown;
  export const rulesFile: unknown;
}
