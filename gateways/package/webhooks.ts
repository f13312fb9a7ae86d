export type { AnswerWebhook, WebhookAnswer } from "../webhooks/answer-webhook.ts";
export { type OpenAnswerWebhookOptions, openAnswerWebhook } from "../webhooks/open-answer-webhook.ts";
