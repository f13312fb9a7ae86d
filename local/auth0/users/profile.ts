import { createHash } from "node:crypto";
import type { User } from "../state/user.ts";

/** What Auth0 fills in where a new user's profile says nothing: a name, a nickname and a picture. */
export function defaultProfile({ email, phone_number, username }: Partial<User>): Partial<User> {
  const name = email ?? phone_number ?? username;
  const nickname = email?.split("@")[0] ?? username ?? phone_number;
  return {
    ...(name !== undefined && { name }),
    ...(nickname !== undefined && { nickname }),
    picture: gravatar(email ?? nickname ?? ""),
  };
}

/** The profile that stays with an identity when its user is linked to another. */
export function profileDataOf(user: User): Readonly<Record<string, unknown>> {
  const { user_id, identities, created_at, updated_at, app_metadata, user_metadata, ...rest } = user;
  const { last_login, last_ip, logins_count, blocked, last_password_reset, ...profile } = rest;
  return profile;
}

function gravatar(text: string): string {
  const normalized = text.trim().toLowerCase();
  const hash = createHash("md5").update(normalized).digest("hex");
  const fallback = encodeURIComponent(`https://cdn.auth0.com/avatars/${normalized.slice(0, 2)}.png`);
  return `https://s.gravatar.com/avatar/${hash}?s=480&r=pg&d=${fallback}`;
}
