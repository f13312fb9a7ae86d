import { endpoint, ok, type Resource } from "../endpoint.ts";

/** In the order of recorded answers. */
const FACTORS = [
  "sms",
  "push-notification",
  "otp",
  "email",
  "duo",
  "webauthn-roaming",
  "webauthn-platform",
  "recovery-code",
] as const;

/** Which second factors the tenant offers. No login here asks for one; the settings are stored. */
export const guardianFactors: Resource = ({ state }) => {
  const path = (name: string) => `/guardian/factors/${name}`;
  const isEnabled = (name: string) => state.settingRecords.get(path(name))?.value === true;
  return [
    endpoint({
      method: "GET",
      path: "/guardian/factors",
      scopes: ["read:guardian_factors"],
      handle: () => ok(FACTORS.map((name) => ({ name, enabled: isEnabled(name), trial_expired: false }))),
    }),
    endpoint<{ readonly enabled: boolean }>({
      method: "PUT",
      path: "/guardian/factors/:name",
      scopes: ["update:guardian_factors"],
      params: { name: { type: "string", enum: [...FACTORS] } },
      body: "SetGuardianFactorRequestContent",
      handle: ({ params, body: { enabled } }) => {
        const at = path(params.name ?? "");
        state.settingRecords.set(at, { path: at, value: enabled });
        return ok({ enabled });
      },
    }),
  ];
};
