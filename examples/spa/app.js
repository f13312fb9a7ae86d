/**
 * The smallest client of the tenant: logs in by code and PKCE, shows what the access token says, and calls the API with it.
 * Tokens stay in memory and end with the page; the tenant's session then answers a login without asking. They are renewed by a
 * refresh token: Auth0 answers no silent login at a loopback address, where this page is while somebody develops.
 */
import { createAuth0Client } from "@auth0/auth0-spa-js";
import workerUrl from "@auth0/auth0-spa-js/dist/auth0-spa-js.worker.production.js?url";
import { describeClaims, explainAnswer } from "./explain.js";

const element = (id) => document.getElementById(id);
const { domain, clientId, audience, scope, requests, users } = await (await fetch("/config.json")).json();
const auth0 = await createAuth0Client({
  domain,
  clientId,
  useRefreshTokens: true,
  workerUrl,
  authorizationParams: { audience, scope, redirect_uri: location.origin },
});

await finishRedirect();
await show();

element("login").onclick = () => auth0.loginWithRedirect();
element("signup").onclick = () => auth0.loginWithRedirect({ authorizationParams: { screen_hint: "signup" } });
element("logout").onclick = () => auth0.logout({ logoutParams: { returnTo: location.origin } });
element("renew").onclick = renew;
for (const { method, path } of requests) addButton(`${method} ${path}`, () => call(method, path));
const [first] = requests;
if (first !== undefined) addButton("without a token", () => call(first.method, first.path, { withToken: false }));

/** Back from the tenant: with a code, or with the reason why there is none. */
async function finishRedirect() {
  const answer = new URLSearchParams(location.search);
  if (!answer.has("state")) return;
  try {
    await auth0.handleRedirectCallback();
  } catch (error) {
    element("status").textContent = `The login was refused: ${error.error_description ?? error.message}`;
    element("status").dataset.refused = "";
  }
  history.replaceState({}, "", location.pathname);
}

async function show() {
  const isLoggedIn = await auth0.isAuthenticated();
  element("login").hidden = isLoggedIn;
  element("signup").hidden = isLoggedIn;
  element("logout").hidden = !isLoggedIn;
  element("session").hidden = !isLoggedIn;
  if (isLoggedIn) {
    const user = await auth0.getUser();
    element("status").textContent = `Logged in as ${user.email ?? user.name}.`;
    showToken(await auth0.getTokenSilently());
  } else if (!("refused" in element("status").dataset)) {
    element("status").textContent = "Not logged in.";
  }
}

/** A new token by the refresh token, with what has changed since the login: a role, a subscription. */
async function renew() {
  try {
    showToken(await auth0.getTokenSilently({ cacheMode: "off" }));
    element("renewed").textContent = `Renewed at ${new Date().toLocaleTimeString()}.`;
  } catch (error) {
    element("renewed").textContent = `Not renewed: ${error.error_description ?? error.message}`;
  }
}

function showToken(token) {
  const claims = decode(token);
  const rows = describeClaims(claims, audience).map(([name, meaning]) => {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = name;
    row.append(head, document.createElement("td"));
    row.lastChild.textContent = meaning;
    return row;
  });
  element("meanings").replaceChildren(...rows);
  element("claims").textContent = JSON.stringify(claims, undefined, 2);
}

function addButton(label, onclick) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: label, onclick });
  element("requests").append(button, " ");
}

async function call(method, path, { withToken = true } = {}) {
  const headers = withToken ? { authorization: `Bearer ${await auth0.getTokenSilently()}` } : {};
  const response = await fetch(path, { method, headers });
  const text = await response.text();
  element("answer").textContent = `${method} ${path} → ${response.status}\n${text}`;
  const { meaning, link } = explainAnswer(response.status, text, users);
  element("meaning").textContent = `${meaning} `;
  if (link !== undefined) element("meaning").append(Object.assign(document.createElement("a"), link));
}

/** For showing only: a client must not decide anything by a token that is not meant for it. */
function decode(token) {
  const bytes = Uint8Array.from(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")), (c) =>
    c.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes));
}
