/** Sends a browser on, whatever it came with. Where to may be a secret: it is in no cache, and no referrer names this page. */
export const seeOther = (location: string, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer", ...headers },
  });
