/**
 * Headers for the client's connection alone, in lower case, which a proxy leaves out (RFC 9110 §7.6.1, §6.6.2). Connection is
 * set anew, and Upgrade is for WebSockets. NGINX and Express Gateway hand them on where they are not told otherwise.
 */
export const HOP_BY_HOP = ["keep-alive", "proxy-connection", "te", "trailer"] as const;
