/** Stands in for the table that the build makes from tenant.yaml. */
export const apiScopes = ["get:users", "post:users", "delete:users", "get:orders"] as const;

export const roleScopes: Readonly<Record<string, readonly string[]>> = {
  viewer: ["get:users", "get:orders"],
  editor: ["get:users", "post:users"],
};
