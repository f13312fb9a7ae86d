import { isLoopback } from "../../network/loopback.ts";
import { invalidRequest } from "../errors.ts";
import { nonEmptyText, type Parser } from "../parameters.ts";

/** Where webhooks go: Stripe takes any public https address; from here nothing leaves the machine. */
export const localUrl: Parser<string> = (value, name) => {
  const given = nonEmptyText(5000)(value, name);
  const parsed = URL.canParse(given) ? new URL(given) : undefined;
  if (parsed?.protocol !== "http:" && parsed?.protocol !== "https:") {
    throw invalidRequest("Invalid URL: An explicit scheme (such as https) must be provided.", {
      code: "url_invalid",
      param: name,
    });
  }
  const host = parsed.hostname.replace(/^\[|\]$/g, "");
  if (host === "localhost" || isLoopback(host)) return given;
  throw invalidRequest("Invalid URL: the local Stripe delivers to this machine only.", {
    code: "url_invalid",
    param: name,
  });
};
