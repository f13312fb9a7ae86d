/** What an access token and the API's answers mean, in words. */

const time = (seconds) => new Date(seconds * 1000).toLocaleString();

/** The claims that a person asks about, by name; what the tenant puts there besides stands in the whole token. */
export function describeClaims(claims, audience) {
  const known = {
    sub: (value) => `who it is: ${value}`,
    aud: (value) => `which API it is for: ${[value].flat().join(", ")}`,
    exp: (value) => `how long it is good: until ${time(value)}; Renew asks for the next`,
    scope: (value) => `what the API lets this page do: ${value}`,
    permissions: (value) => `what this person was given by roles: ${value.join(", ") || "nothing yet"}`,
    [`${audience}email`]: (value) => `their email, from the Action add-email-claim: ${value}`,
    [`${audience}stripe_customer_id`]: (value) => `who pays at Stripe: ${value}`,
  };
  return Object.entries(known).flatMap(([name, describe]) =>
    claims[name] === undefined ? [] : [[name, describe(claims[name])]],
  );
}

/** @param users where a person gets a role, if that is known */
export function explainAnswer(status, text, users) {
  const payment = status === 402 ? readMember(text, "payment_url") : undefined;
  const isRenewable = readMember(text, "error") === "customer_required";
  switch (status) {
    case 401:
      return { meaning: "No token, or not one that is good: log in." };
    case 402:
      return {
        meaning: `It costs money, and nobody has subscribed.${isRenewable ? " Who has done so already presses Renew." : ""}`,
        ...(payment !== undefined && { link: { href: payment, textContent: "Subscribe" } }),
      };
    case 403:
      return {
        meaning: "The token lacks the scope: no role of this person grants it. Once one does, press Renew.",
        ...(users !== undefined && { link: { href: users, textContent: "Give a role", target: "_blank" } }),
      };
    case 503:
      return { meaning: "Whether it is paid for is not known: Stripe does not answer. Try again." };
    default:
      return { meaning: status < 300 ? "The token was good for it, and the API has answered." : "" };
  }
}

function readMember(text, name) {
  try {
    return JSON.parse(text)[name];
  } catch {
    return undefined;
  }
}
