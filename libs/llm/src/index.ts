export { profilePrompt, PROFILE_PROMPT_TOKENS, type Prompt } from './profile/profile-prompt';
export { PROFILE_ANSWER_JSON_SCHEMA } from './profile/profile-answer.schema';
export { readProfileAnswer, type ProfileReading } from './profile/read-profile-answer';
export { textTokensMax } from './text/text-tokens';
export { visibleText } from './text/visible-text';
