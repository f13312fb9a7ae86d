/** What a product does in its own way. Anything else that differs fails the tests. */
export interface Deviation {
  /** The table's columns. */
  readonly gateways: readonly string[];
  /** The table's rows. */
  readonly rows: readonly string[];
  /** What comes out instead. */
  readonly cell: string;
  readonly why: string;
  /** Why that opens nothing, or what has to hold so that it does not. */
  readonly safeSide: string;
}

const rest = ["Lambda, REST, TOKEN", "Lambda, REST, REQUEST"];
const lambdas = [...rest, "Lambda, HTTP, payload 1.0", "Lambda, HTTP, payload 2.0"];
const BUILT_INS = ["Express Gateway, built-ins"];

export const deviations: readonly Deviation[] = [
  {
    gateways: ["NGINX"],
    rows: ["two tokens"],
    cell: "400",
    why: "NGINX refuses a request with two Authorization headers itself",
    safeSide: "refused, and nothing is asked or reached",
  },
  {
    gateways: ["Express Gateway, plugin", ...BUILT_INS, "KrakenD"],
    rows: ["a route that is not listed"],
    cell: "404",
    why: "its own router knows the listed routes only",
    safeSide: "refused, and nothing is asked or reached",
  },
  {
    gateways: BUILT_INS,
    rows: ["a key published later"],
    cell: "401",
    why: "it holds the one key that the tenant signed with when it started",
    safeSide: "good tokens are refused until it is started again; nothing more is let in",
  },
  {
    gateways: BUILT_INS,
    rows: ["an unknown kid"],
    cell: "200",
    why: "it holds one key and looks at no kid",
    safeSide: "the signature is the tenant's: it was checked with its key",
  },
  {
    gateways: BUILT_INS,
    rows: ["paid for (active)", "in its trial", "metered, paid for", "Stripe is down"],
    cell: "402",
    why: "it cannot ask whether a scope is paid for",
    safeSide: "routes that cost money are closed to all, unless GATEWAY_PAID_SCOPES=token leaves that to the token",
  },
  {
    gateways: BUILT_INS,
    rows: ["left out of the token, because it is not paid for"],
    cell: "403",
    why: "it compares scopes itself, and cannot ask whether one is paid for",
    safeSide: "refused",
  },
  {
    gateways: ["Lambda, REST, TOKEN"],
    rows: ["a header that overrides the method", "the same, spelled with underscores"],
    cell: "200",
    why: "an authorizer of type TOKEN is handed no other header",
    safeSide: "the generated template uses payload 2.0; with TOKEN the backend must not honour such headers",
  },
  {
    gateways: lambdas,
    rows: [
      "not paid for",
      "past due",
      "paid for by somebody else",
      "left out of the token, because it is not paid for",
      "nobody who pays",
    ],
    cell: "403",
    why: "API Gateway knows no 402 from an authorizer",
    safeSide: "refused; the reason stands in the context",
  },
  {
    gateways: lambdas,
    rows: ["Stripe is down"],
    cell: "500",
    why: "API Gateway makes 500 of every error but Unauthorized, and knows no 503",
    safeSide: "refused, and not kept",
  },
  {
    gateways: ["KrakenD"],
    rows: ["HEAD with a good token"],
    cell: "405",
    why: "its endpoints have one method each, and HEAD is none of them",
    safeSide: "refused",
  },
  {
    gateways: ["KrakenD"],
    rows: ["a path out of its segment (..%2f)"],
    cell: "404",
    why: "its router matches the decoded path, which is none that is listed",
    safeSide: "refused, and nothing is asked or reached",
  },
  {
    gateways: ["NGINX", "Caddy"],
    rows: ["the same, spelled with underscores"],
    cell: "200",
    why: "it drops headers whose names begin so",
    safeSide: "neither the authorizer nor the backend gets it",
  },
  {
    gateways: ["KrakenD"],
    rows: ["a header that overrides the method", "the same, spelled with underscores"],
    cell: "200",
    why: "it does not look at such headers",
    safeSide: "it does not hand them on either: the backend gets none that is not listed",
  },
  {
    gateways: ["KrakenD"],
    rows: ["no exp", "an ID token for the API", "an oversized token", "a token bound to a key (DPoP)"],
    cell: "200",
    why: "its validator asks for signature, issuer, audience and scopes, and for exp only where there is one",
    safeSide:
      "the tenant must have signed it, and issues none but bound ones, if the API asks for them: then a stolen token is good without its key",
  },
  {
    gateways: ["KrakenD"],
    rows: ["two tokens", "a token without Bearer"],
    cell: "200",
    why: "it reads the first Authorization header, with or without the word before the token",
    safeSide: "the token that is read is checked, and no Authorization header is handed on",
  },
];

export function findDeviation(gateway: string, row: string): Deviation | undefined {
  return deviations.find(({ gateways, rows }) => gateways.includes(gateway) && rows.includes(row));
}
