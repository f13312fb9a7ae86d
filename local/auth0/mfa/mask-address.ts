/** So much of an address that its owner knows it, as recorded: `****@exam*******`, `XXXXXXXX9167`. */
export function maskAddress(address: string): string {
  if (!address.includes("@")) return address.slice(-4).padStart(address.length, "X");
  const [local = "", domain = ""] = address.split("@");
  return `${"*".repeat(local.length)}@${domain.slice(0, 4).padEnd(domain.length, "*")}`;
}
