/**
 * Whether a form was sent by a page of another origin: browsers say where a POST comes from. What says nothing, which no browser
 * of these years is, still has to have what only the page's form has.
 *
 * @param origin the page's own
 */
export function isFromElsewhere({ headers }: Pick<Request, "headers">, origin: string): boolean {
  const sent = headers.get("origin");
  if (sent !== null) return sent !== origin;
  const site = headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin";
}
