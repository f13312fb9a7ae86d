import type { HandedOverSpec } from "../handed-over/spec.ts";
import { settingScopes } from "../scopes.ts";

export const theme = {
  type: "theme",
  section: "themes",
  created: { type: "CreateBrandingThemeRequestContent" },
  identity: [],
  scopes: { ...settingScopes("branding"), delete: ["delete:branding"] },
  removal: {
    list: async ({ branding }) => [await branding.themes.getDefault()],
    delete: ({ branding }, id) => branding.themes.delete(id),
    idField: "themeId",
  },
} as const satisfies HandedOverSpec;
