// What went wrong → the body in which Google's APIs report it: a google.rpc.Status with typed details.

export interface ErrorBody {
  error: { code: number; message: string; status: string; details?: Record<string, unknown>[] };
}

export interface FieldViolation {
  field?: string;
  description: string;
}

const detailType = (name: string) => `type.googleapis.com/google.rpc.${name}`;

function errorBody(code: number, status: string, message: string, details: Record<string, unknown>[] = []): ErrorBody {
  return { error: { code, message, status, ...(details.length > 0 ? { details } : {}) } };
}

export function missingKey(): ErrorBody {
  return errorBody(
    403,
    'PERMISSION_DENIED',
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
  );
}

export function invalidKey(): ErrorBody {
  const message = 'API key not valid. Please pass a valid API key.';
  return errorBody(400, 'INVALID_ARGUMENT', message, [
    {
      '@type': detailType('ErrorInfo'),
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
      metadata: { service: 'generativelanguage.googleapis.com' },
    },
    { '@type': detailType('LocalizedMessage'), locale: 'en-US', message },
  ]);
}

/** As Google Cloud says it, whose APIs take access tokens and no keys. */
export function noToken(): ErrorBody {
  const message =
    'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';
  return errorBody(401, 'UNAUTHENTICATED', message, [tokenInfo('CREDENTIALS_MISSING')]);
}

export function invalidToken(): ErrorBody {
  const message =
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';
  return errorBody(401, 'UNAUTHENTICATED', message, [tokenInfo('ACCESS_TOKEN_EXPIRED')]);
}

const tokenInfo = (reason: string) => ({
  '@type': detailType('ErrorInfo'),
  reason,
  domain: 'googleapis.com',
  metadata: { service: 'aiplatform.googleapis.com' },
});

export function foreignProject(model: string): ErrorBody {
  return errorBody(
    403,
    'PERMISSION_DENIED',
    `Permission 'aiplatform.endpoints.predict' denied on resource '//aiplatform.googleapis.com/${model}' (or it may not exist).`,
    [
      {
        '@type': detailType('ErrorInfo'),
        reason: 'IAM_PERMISSION_DENIED',
        domain: 'aiplatform.googleapis.com',
        metadata: { permission: 'aiplatform.endpoints.predict', resource: model },
      },
    ],
  );
}

/** A request that does not fit the API's messages: every violation is listed, as the real API does. */
export function badPayload(violations: FieldViolation[]): ErrorBody {
  const message = violations.map((violation) => violation.description).join('\n');
  return errorBody(400, 'INVALID_ARGUMENT', message, [
    { '@type': detailType('BadRequest'), fieldViolations: violations },
  ]);
}

/** A request that fits the messages and still makes no sense. */
export function invalidArgument(message: string): ErrorBody {
  return errorBody(400, 'INVALID_ARGUMENT', message);
}

export function unknownModel(model: string, version: string, method: string): ErrorBody {
  return errorBody(
    404,
    'NOT_FOUND',
    `models/${model} is not found for API version ${version}, or is not supported for ${method}. Call ListModels to see the list of available models and their supported methods.`,
  );
}

export function unknownPublisherModel(model: string): ErrorBody {
  return errorBody(
    404,
    'NOT_FOUND',
    `Publisher Model \`${model}\` was not found or your project does not have access to it. Please ensure you are using a valid model version. For more information, see: https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versions`,
  );
}

export function noSuchModel(model: string, version: string): ErrorBody {
  return errorBody(404, 'NOT_FOUND', `Model is not found: models/${model} for api version ${version}`);
}

export function rateLimit(model: string, retryAfterMs: number, limit = 10): ErrorBody {
  const seconds = retryAfterMs / 1000;
  return errorBody(
    429,
    'RESOURCE_EXHAUSTED',
    `You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.\n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: ${limit}, model: ${model}\nPlease retry in ${seconds}s.`,
    [
      {
        '@type': detailType('Help'),
        links: [
          {
            description: 'Learn more about Gemini API quotas',
            url: 'https://ai.google.dev/gemini-api/docs/rate-limits',
          },
        ],
      },
      {
        '@type': detailType('QuotaFailure'),
        violations: [
          {
            quotaMetric: 'generativelanguage.googleapis.com/generate_content_free_tier_requests',
            quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier',
            quotaDimensions: { location: 'global', model },
            quotaValue: String(limit),
          },
        ],
      },
      { '@type': detailType('RetryInfo'), retryDelay: `${seconds}s` },
    ],
  );
}

export function unavailable(message = 'The model is overloaded. Please try again later.'): ErrorBody {
  return errorBody(503, 'UNAVAILABLE', message);
}

/** The script's author made a mistake, which asking again does not mend: callers take a 5xx for an outage and wait. */
export function scriptError(message: string): ErrorBody {
  return errorBody(400, 'FAILED_PRECONDITION', `Simulated Gemini: ${message}`);
}
