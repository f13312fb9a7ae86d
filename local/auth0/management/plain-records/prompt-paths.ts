import { choice } from "../schema.ts";

/** As auth0 7.1 lists them (PromptGroupNameEnum, PromptLanguageEnum). */
const PROMPTS = `
  login login-id login-password login-passwordless login-email-verification signup signup-id signup-password
  phone-identifier-enrollment phone-identifier-challenge email-identifier-challenge reset-password custom-form consent
  customized-consent logout mfa-push mfa-otp mfa-voice mfa-phone mfa-webauthn mfa-sms mfa-email mfa-recovery-code mfa status
  device-flow email-verification email-otp-challenge organizations invitation common passkeys captcha brute-force-protection
  async-approval-flow confirmation
`;
const LANGUAGES = `
  am ar ar-EG ar-SA az bg bn bs ca-ES cnr cs cy da de el en en-CA es es-419 es-AR es-MX et eu-ES fa fi fr fr-CA fr-FR gl-ES gu
  he hi hr hu hy id is it ja ka kk kn ko lt lv mk ml mn mr ms my nb nl nn no pa pl pt pt-BR pt-PT ro ru sk sl so sq sr sv sw ta
  te th tl tr uk ur vi zgh zh-CN zh-HK zh-MO zh-TW
`;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Path parameters that name a prompt, and a language. */
export const PROMPT = { prompt: choice(words(PROMPTS)) };
export const PROMPT_IN_LANGUAGE = { ...PROMPT, language: choice(words(LANGUAGES)) };
