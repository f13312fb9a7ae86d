/**
 * Headers for the client's connection alone, in lower case, which a proxy leaves out (RFC 9110 §7.6.1, §6.6.2). Connection is
 * set anew, and Upgrade is for WebSockets. NGINX hands most of them on; so does Express Gateway, whose process one of them ends.
 */
export const HOP_BY_HOP = ["keep-alive", "proxy-connection", "te", "trailer"] as const;
