// One try at one model that brought no reply; and all of them at a question → one error that says what became of each, and what to do.
import { type ErrorCode, SelfHealError } from '../../errors.ts';
import type { Tried } from '../../ports.ts';

const longestDetail = 500;

export class ModelFailure extends SelfHealError {
  readonly model: string;
  /** Another model may well reply to the same question. */
  readonly elsewhere: boolean;

  constructor(
    model: string,
    code: ErrorCode,
    detail: string,
    options: { retryAfterMs?: number | undefined; elsewhere?: boolean; cause?: unknown } = {},
  ) {
    const { retryAfterMs, elsewhere = isOfOneModel(code), ...cause } = options;
    super(code, detail.length > longestDetail ? `${detail.slice(0, longestDetail)}…` : detail, {
      ...cause,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
    this.model = model;
    this.elsewhere = elsewhere;
  }
}

const isOfOneModel = (code: ErrorCode) =>
  code === 'model-blocked' || code === 'model-empty' || code === 'model-cut-off';

export const tried = ({ model, code, message: detail }: ModelFailure): Tried => ({ model, code, detail });

/** What may pass decides, because the question is worth asking again then; else what became of the model that was asked first. */
export function noReply(failures: readonly ModelFailure[], signIn: { vertex?: object | undefined }): SelfHealError {
  const lastOfEach = [...new Map(failures.map((failure) => [failure.model, failure])).values()];
  const telling = lastOfEach.find(({ next }) => next === 'retry') ?? lastOfEach[0];
  if (!telling) return new SelfHealError('settings-invalid', 'no model is named to be asked: check GEMINI_LADDER');
  const told = lastOfEach.map(({ model, message }) => `${model}: ${withoutStop(message)}`).join('; ');
  const advice = adviceFor(telling, signIn);
  return new SelfHealError(telling.code, `${told}.${advice === undefined ? '' : ` ${advice}`}`, {
    ...(telling.cause === undefined ? {} : { cause: telling.cause }),
    ...(telling.retryAfterMs === undefined ? {} : { retryAfterMs: telling.retryAfterMs }),
  });
}

const withoutStop = (message: string) => message.replace(/[.\s]{1,10}$/, '');

function adviceFor({ code, elsewhere }: ModelFailure, { vertex }: { vertex?: object | undefined }): string | undefined {
  if (code === 'model-unauthorized')
    return vertex
      ? 'Check the application default credentials, and that their account has the role “Vertex AI User” in GOOGLE_CLOUD_PROJECT.'
      : 'Check GEMINI_API_KEY, and that it may ask the models of GEMINI_LADDER.';
  if (code === 'model-refused' && elsewhere)
    return 'Check GEMINI_LADDER and GEMINI_ALLOWED_MODELS, and `models` in the repository’s policy.';
  return advices[code];
}

const advices: Partial<Record<ErrorCode, string>> = {
  'model-refused': 'Check the GEMINI_… settings: the request was not to its liking.',
  'model-blocked': 'Look at what the log or the issue quotes, or name another model in GEMINI_LADDER.',
  'model-cut-off': 'Raise GEMINI_MAX_OUTPUT_TOKENS, or lower GEMINI_THINKING_LEVEL.',
  'model-reply-malformed': 'Check what answers at GEMINI_BASE_URL.',
};
