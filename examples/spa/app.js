/**
 * The smallest client of the tenant: logs in by code and PKCE, shows what the access token says, and calls the API with it.
 * Tokens stay in memory and end with the page; the tenant's session then answers a login without asking. They are renewed by a
 * refresh token: Auth0 answers no silent login at a loopback address, where this page is while somebody develops.
 */
import { createAuth0Client } from "/auth0-spa-js.js";

const element = (id) => document.getElementById(id);
const { domain, clientId, audience, scope } = await (await fetch("/config.json")).json();
const auth0 = await createAuth0Client({
  domain,
  clientId,
  useRefreshTokens: true,
  workerUrl: "/auth0-spa-js.worker.js",
  authorizationParams: { audience, scope, redirect_uri: location.origin },
});

await finishRedirect();
await show();

element("login").onclick = () => auth0.loginWithRedirect();
element("signup").onclick = () => auth0.loginWithRedirect({ authorizationParams: { screen_hint: "signup" } });
element("logout").onclick = () => auth0.logout({ logoutParams: { returnTo: location.origin } });
for (const button of document.querySelectorAll("button[data-path]")) {
  button.onclick = () => call(button.dataset.method, button.dataset.path);
}

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
    element("claims").textContent = JSON.stringify(decode(await auth0.getTokenSilently()), undefined, 2);
  } else if (!("refused" in element("status").dataset)) {
    element("status").textContent = "Not logged in.";
  }
}

async function call(method, path) {
  const token = await auth0.getTokenSilently();
  const response = await fetch(path, { method, headers: { authorization: `Bearer ${token}` } });
  element("answer").textContent = `${method} ${path} → ${response.status}\n${await response.text()}`;
}

/** For showing only: a client must not decide anything by a token that is not meant for it. */
function decode(token) {
  const bytes = Uint8Array.from(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")), (c) =>
    c.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes));
}
