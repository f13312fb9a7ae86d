import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import { parseGeoip } from "../../../../scripts/local/parse-geoip.ts";
import { call } from "../../../support/local-tenant.ts";
import { API, type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";

let tenant: LoginTenant;
beforeAll(async () => {
  tenant = await startLoginTenant({ geoip: parseGeoip(["countryCode=DE", "cityName=Bad Aibling", "latitude=-33.9"]) });
  tenant.tenant.state.settings.set("tenant", { default_directory: tenant.database.name });
  await tenant.addUser("ada@example.com");
  tenant.bind(`api.accessToken.setCustomClaim("https://api.example.com/from", event.request.geoip);`);
});
afterAll(() => tenant.close());

async function logIn(): Promise<unknown> {
  const { client_id, client_secret } = tenant.web;
  const credentials = { grant_type: "password", username: "ada@example.com", password: PASSWORD };
  const body = { client_id, client_secret, audience: API, ...credentials };
  const answer = await call(tenant, "/oauth/token", { method: "POST", body });
  return decodeJwt((answer.body as { access_token: string }).access_token)["https://api.example.com/from"];
}

test("an Action sees requests come from where the setting says, and from elsewhere once it is changed", async () => {
  expect(await logIn()).toEqual({ countryCode: "DE", cityName: "Bad Aibling", latitude: -33.9 });
  tenant.tenant.geolocation.set({ countryCode: "US", subdivisionCode: "CA" });
  expect(await logIn()).toEqual({ countryCode: "US", subdivisionCode: "CA" });
  tenant.tenant.geolocation.set({});
  expect(await logIn()).toEqual({});
});

test.each([
  ["country=DE", "country is not a member of event.request.geoip: cityName, "],
  ["countrycode=DE", "countrycode is not a member of event.request.geoip"],
  ["constructor=DE", "constructor is not a member of event.request.geoip"],
  ["countryCode", "takes a member of event.request.geoip"],
  ["countryCode=", "takes a member of event.request.geoip"],
  ["latitude=north", "is a number from -90 to 90"],
  ["latitude= ", "is a number from -90 to 90"],
  ["latitude=90.0001", "is a number from -90 to 90"],
  ["longitude=Infinity", "is a number from -180 to 180"],
  ["longitude=-181", "is a number from -180 to 180"],
])("--geoip %s is refused", (text, says) => {
  expect(() => parseGeoip([text])).toThrow(
    expect.objectContaining({ code: "USAGE", message: expect.stringContaining(says) }),
  );
});

test("--geoip with one member twice is refused", () => {
  expect(() => parseGeoip(["countryCode=DE", "countryCode=FR"])).toThrow(/has countryCode twice/);
});
